"""What can be done about certificates: they are issued with the awards, and never changed."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import select

from contracts.base import Named
from contracts.certificate_numbers import STATUS_LIST_LENGTH, new_number
from contracts.events.recognition.awards import CertificatesExhausted
from kit.clock import in_china
from kit.data.db import Session
from services.events.recognition.awards.honours import Honour
from services.events.recognition.awards.model import Award, Granting
from services.events.recognition.awards.rules import AwardsRules
from services.events.recognition.certificates.model import Certificate


def issue_certificates(
    session: Session,
    *,
    granting: Granting,
    given: Sequence[tuple[Award, Honour]],
    organizations: Mapping[str, Named],
    rules: AwardsRules,
) -> list[Certificate]:
    """One certificate an award, under the number that the award has; refuses with CertificatesExhausted."""
    places = _status_places(session, granting.edition_id, len(given))
    about = _about(granting, rules)
    issued = [
        Certificate(
            number=award.number,
            award_id=award.id,
            edition_id=granting.edition_id,
            status_index=place,
            issued_at=session.now,
            facts={**about, **_facts(granting, honour, organizations[honour.organization_id])},
        )
        for (award, honour), place in zip(given, places, strict=True)
    ]
    session.add_all(issued)
    return issued


def texts_in(said: Any) -> Iterator[str]:
    """Every text of what a certificate says, however deep."""
    match said:
        case str():
            yield said
        case dict():
            yield from (text for each in said.values() for text in texts_in(each))
        case list() | tuple():
            yield from (text for each in said for text in texts_in(each))


def number_for(session: Session, letters: str) -> str:
    """A fresh number of this year in China."""
    return new_number(in_china(session.now).year, letters)


def _status_places(session: Session, edition_id: str, count: int) -> list[int]:
    """So many free places in the edition's status list, by chance, so that a place tells nothing of its certificate."""
    taken = set(session.scalars(select(Certificate.status_index).where(Certificate.edition_id == edition_id)))
    if len(taken) + count > STATUS_LIST_LENGTH:
        raise CertificatesExhausted(most=STATUS_LIST_LENGTH)
    return list(_free_places(taken, count))


def _free_places(taken: set[int], count: int) -> Iterator[int]:
    while count:
        place = secrets.randbelow(STATUS_LIST_LENGTH)
        if place not in taken:
            taken.add(place)
            count -= 1
            yield place


def _about(granting: Granting, rules: AwardsRules) -> dict[str, Any]:
    """What every certificate of a granting says."""
    edition, stage = granting.edition, granting.stage
    return {
        "competition": _both(edition.named),
        "edition": {"zh": edition.name_zh, "en": edition.name_en},
        "track": _both(stage.track.named) if stage else None,
        "round": _both(stage.round.named) if stage else None,
        "issuers": [{"zh": body.name_zh, "en": body.name_en} for body in rules.issuers],
    }


def _facts(granting: Granting, honour: Honour, organization: Named) -> dict[str, Any]:
    achievement = uuid5(UUID(granting.id), f"{honour.kind}:{honour.prize.id}")
    return {
        "kind": honour.kind,
        "recipient": honour.recipient,
        "members": honour.members,
        "advisers": honour.advisers,
        "organization": _both(organization),
        "prize": _both(honour.prize),
        "achievement": f"urn:uuid:{achievement}",
        "entry": honour.entry,
        "entry_prize": _both(honour.entry_prize) if honour.entry_prize else None,
    }


def _both(named: Named) -> dict[str, str]:
    return {"zh": named.zh, "en": named.en}
