"""Draw (抽签): who sits on a panel, as a pure function of two secrets and a frozen roster that anybody can repeat.

1. Each of two parties thinks of a secret and makes a nonce of 64 hexadecimal digits. Before the roster is frozen it hands
   in its commitment, SHA-256 of secret and nonce as UTF-8 text one behind the other. The nonce has one length, so that no
   other secret and nonce give the same text; it also keeps a short secret from being guessed.
2. The frozen roster has the digest SHA-256 of the canonical JSON (RFC 8785) of `frozen`: draw, stage, quotas and roster.
3. When both have revealed, the seed is SHA-256 of the canonical JSON of `seed_material`: neither party alone, nor whoever
   wrote the roster, could choose it.
4. A candidate's ticket is HMAC-SHA-256 under the seed of their id; candidates stand in the order of their tickets. Each
   order is as likely as any other: tickets are compared whole, nothing is taken modulo anything.
5. The panel is read off that order: see `seated`.
"""

from __future__ import annotations

import hashlib
import hmac
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from kit.documents.digest import digest

FORMAT = "delta-hub-draw/1"
"""Names these five steps; another way to draw would have another name."""

PARTIES = ("organizer", "supervisor")


@dataclass(frozen=True)
class Line:
    """One candidate of a roster, by ids only."""

    candidate: str
    organization: str
    province: str


@dataclass(frozen=True)
class Quotas:
    """How many seats a panel has, and how few or many of them a province may have (`None`: any number)."""

    seats: int
    most_per_province: int | None
    least_per_province: Mapping[str, int]


@dataclass(frozen=True)
class Secret:
    """What a party reveals."""

    secret: str
    nonce: str


def commitment(secret: Secret) -> str:
    """What a party hands in before the roster is frozen, in hexadecimal."""
    return hashlib.sha256((secret.secret + secret.nonce).encode()).hexdigest()


def frozen(draw_id: str, stage_id: str, quotas: Quotas, roster: Iterable[Line]) -> dict[str, Any]:
    """All that is settled before the secrets are revealed, in one spelling only."""
    lines = sorted((asdict(line) for line in roster), key=lambda line: str(line["candidate"]))
    return {
        "draw": draw_id,
        "stage": stage_id,
        "quotas": {**asdict(quotas), "least_per_province": dict(quotas.least_per_province)},
        "roster": lines,
    }


def seed_material(roster_digest: str, secrets: Mapping[str, Secret]) -> dict[str, Any]:
    """What the seed is the digest of."""
    return {
        "format": FORMAT,
        "roster_digest": roster_digest,
        "secrets": {party: asdict(secrets[party]) for party in PARTIES},
    }


def seed_of(roster_digest: str, secrets: Mapping[str, Secret]) -> str:
    """The seed of the draw, in hexadecimal."""
    return digest(seed_material(roster_digest, secrets))


def ticket(seed: str, candidate: str) -> bytes:
    """What decides a candidate's place."""
    return hmac.digest(bytes.fromhex(seed), candidate.encode(), "sha256")


def order(seed: str, roster: Iterable[Line]) -> list[Line]:
    """The candidates as they were drawn, first to last."""
    return sorted(roster, key=lambda line: (ticket(seed, line.candidate), line.candidate))


def seated(drawn: Sequence[Line], quotas: Quotas, gone: Collection[str] = ()) -> list[Line]:
    """Who sits on the panel: the first in the order, passing over those who are `gone`, those whose province has its
    most, and those who would take a seat that another province is still owed.

    Who sits stays seated when somebody else goes, and at most one more comes in: the sets of candidates that leave
    enough seats for what is owed are a matroid. Seats that nobody can take stay empty.
    """
    panel: list[Line] = []
    taken: Counter[str] = Counter()
    for line in drawn:
        province = line.province
        owed = sum(max(0, least - taken[code]) for code, least in quotas.least_per_province.items())
        is_owed = taken[province] < quotas.least_per_province.get(province, 0)
        full = quotas.most_per_province is not None and taken[province] >= quotas.most_per_province
        open_seats = quotas.seats - len(panel) - (0 if is_owed else owed)
        if open_seats > 0 and not full and line.candidate not in gone:
            panel.append(line)
            taken[province] += 1
    return panel


def seats_that_can_be_filled(roster: Sequence[Line], quotas: Quotas) -> int:
    """How many seats a roster can fill; the same whatever the seed turns out to be."""
    return len(seated(roster, quotas))
