"""Document: what is published of a draw, and its recomputation by whoever doubts it, without the hub."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from contracts.forms import Input, listing, nested, read, verbatim, whole
from kit.documents.digest import digest
from procedures.draws.draw import FORMAT, PARTIES, Line, Quotas, Secret, commitment, frozen, order, seated, seed_of
from services.events.judging.judges.rules import MOST_SEATS, seats_by_province

MOST_CANDIDATES = 2000
HEX = r"[0-9a-f]{64}\Z"


@dataclass(frozen=True)
class Left:
    """A candidate who no longer counts, and why: withdrawn, declined, replaced or passed_over."""

    candidate: str
    how: str


@dataclass(frozen=True)
class Difference:
    """Something that a document states, and what it comes to when it is worked out."""

    field: str
    stated: Any
    found: Any


def document(
    *,
    draw_id: str,
    stage_id: str,
    quotas: Quotas,
    roster: Sequence[Line],
    commitments: Mapping[str, str],
    secrets: Mapping[str, Secret],
    left: Sequence[Left] = (),
) -> dict[str, Any]:
    """A draw as it is published; everything from `roster_digest` on follows from what stands before it."""
    settled = frozen(draw_id, stage_id, quotas, roster)
    roster_digest = digest(settled)
    seed = seed_of(roster_digest, secrets)
    drawn = order(seed, roster)
    return {
        "format": FORMAT,
        **settled,
        "commitments": {party: commitments[party] for party in PARTIES},
        "secrets": {party: asdict(secrets[party]) for party in PARTIES},
        "left": [asdict(each) for each in left],
        "roster_digest": roster_digest,
        "seed": seed,
        "order": [line.candidate for line in drawn],
        "drawn": [line.candidate for line in seated(drawn, quotas)],
        "panel": [line.candidate for line in seated(drawn, quotas, {each.candidate for each in left})],
    }


def differences(stated: dict[str, Any]) -> list[Difference]:
    """What a published document states otherwise than it comes to; nothing where all is as it should be.

    Refuses with InvalidInput what is no such document.
    """
    known = read(DocumentForm(), stated)
    secrets = {party: Secret(**known["secrets"][party]) for party in PARTIES}
    found = document(
        draw_id=known["draw"],
        stage_id=known["stage"],
        quotas=Quotas(**known["quotas"]),
        roster=[Line(**line) for line in known["roster"]],
        commitments={party: commitment(secrets[party]) for party in PARTIES},
        secrets=secrets,
        left=[Left(**each) for each in known["left"]],
    )
    return list(_compared(known, found))


def _compared(stated: dict[str, Any], found: dict[str, Any]) -> list[Difference]:
    """Field by field, and of the commitments which of them."""
    fields = [
        (f"commitments.{party}", stated["commitments"][party], found["commitments"][party]) for party in PARTIES
    ] + [(field, stated[field], found[field]) for field in found if field != "commitments"]
    return [Difference(*each) for each in fields if each[1] != each[2]]


class QuotasForm(Input):
    seats = whole(min=1, max=MOST_SEATS)
    most_per_province = whole(min=1, max=MOST_SEATS, required=False)
    least_per_province = seats_by_province()


class LineForm(Input):
    candidate = verbatim()
    organization = verbatim()
    province = verbatim()


class SecretForm(Input):
    secret = verbatim(max=200)
    nonce = verbatim(pattern=HEX)


class LeftForm(Input):
    candidate = verbatim()
    how = verbatim()


class PartiesForm(Input):
    organizer = verbatim(pattern=HEX)
    supervisor = verbatim(pattern=HEX)


class SecretsForm(Input):
    organizer = nested(SecretForm)
    supervisor = nested(SecretForm)


class DocumentForm(Input):
    """The form of a published document."""

    format = verbatim(pattern=FORMAT + r"\Z")
    draw = verbatim()
    stage = verbatim()
    quotas = nested(QuotasForm)
    roster = listing(nested(LineForm), min=1, max=MOST_CANDIDATES)
    commitments = nested(PartiesForm)
    secrets = nested(SecretsForm)
    left = listing(nested(LeftForm), max=MOST_CANDIDATES)
    roster_digest = verbatim()
    seed = verbatim()
    order = listing(verbatim(), max=MOST_CANDIDATES)
    drawn = listing(verbatim(), max=MOST_CANDIDATES)
    panel = listing(verbatim(), max=MOST_CANDIDATES)
