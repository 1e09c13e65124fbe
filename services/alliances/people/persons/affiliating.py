"""Affiliating: a person works for an organisation from a day on, and what was said of it is corrected."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from contracts.alliances.people import persons as say
from contracts.alliances.people.persons import AffiliationOverlaps, TooManyAffiliations
from kit.data.db import Session
from kit.ids import new_id
from kit.messages.outbox import record
from services.alliances.people.persons.model import Affiliation, Person
from services.alliances.people.persons.queries import affiliations_of
from services.alliances.registry.organizations.model import Organization

AFFILIATED_ANEW = "affiliated_anew"
"""The hook of who looks at where people work, when that is corrected or ended: `def follow(self, session, person_ids)`."""


def affiliate_person(
    session: Session, *, person: Person, organization: Organization, most: int, main: bool = False, **facts: Any
) -> Affiliation:
    """Say that a person, who is locked, works for an organisation.

    Refuses with Invalid days in the wrong order, with AffiliationOverlaps a second main affiliation on one day, and with
    TooManyAffiliations what goes beyond `most`.
    """
    others = affiliations_of(session, person)
    if len(others) >= most:
        raise TooManyAffiliations("personId", most=most)
    affiliation = Affiliation(id=new_id(), person_id=person.id, organization_id=organization.id)
    affiliation.organization = organization
    _set(affiliation, others, main=main, **facts)
    session.add(affiliation)
    record(session, person, say.PersonAffiliated(**_about(person, affiliation)))
    session.flush()
    return affiliation


def correct_affiliation(
    session: Session, *, person: Person, affiliation: Affiliation, main: bool = False, **facts: Any
) -> Affiliation:
    """Say anew what an affiliation is; refuses as `affiliate_person` does."""
    others = [each for each in affiliations_of(session, person) if each is not affiliation]
    _set(affiliation, others, main=main, **facts)
    record(session, person, say.AffiliationChanged(**_about(person, affiliation)))
    return affiliation


def _set(
    affiliation: Affiliation,
    others: Sequence[Affiliation],
    *,
    since: date,
    main: bool,
    until: date | None = None,
    position: str | None = None,
    department: str | None = None,
) -> None:
    affiliation.position, affiliation.department = position or "", department or ""
    affiliation.last(since, until, main=main)
    clash = next((each for each in others if main and each.main and affiliation.overlaps(each)), None)
    if clash:
        raise AffiliationOverlaps("main", since=clash.since.isoformat())


def _about(person: Person, affiliation: Affiliation) -> dict[str, Any]:
    days = {"since": affiliation.since, "until": affiliation.until, "main": affiliation.main}
    organization = affiliation.organization.named
    return {**person.about, "affiliation_id": affiliation.id, "organization": organization, **days}
