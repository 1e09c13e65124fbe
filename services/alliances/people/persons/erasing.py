"""Erasing: what is on record of a person goes, at once or when nobody needs it any more; nothing but ids is left.

An account in grants, journals and messages is no name: without the record it leads to nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete

from contracts.alliances.people import persons as say
from contracts.alliances.people.persons import PersonHoldsRoles
from contracts.refusals import NothingChanged
from kit.data.db import Session
from kit.messages.outbox import record
from kit.work.timers import at, cancel
from procedures.search.indexing import index_names
from services.alliances.people.persons.calling import untell_name
from services.alliances.people.persons.model import Affiliation, Person
from services.alliances.people.persons.queries import grants_of, records_of

ERASE_PERSON = "erase_person"


FORGET = "forget_person"
"""The hook of whatever else names a person who is erased."""
Forget = Callable[[Session, list[str], list[str]], None]
"""Takes the ids of their records, and their accounts."""


def erase_person(session: Session, *, person: Person, kept_for: timedelta, forget: Sequence[Forget]) -> Person:
    """Erase a record now, or once it is no longer needed: who held a role is known for a while after the last one.

    Refuses with PersonHoldsRoles who holds one, and with NothingChanged where it is to be erased already.
    """
    if person.erase_at:
        raise NothingChanged("personId")
    needed = _needed_until(session, person, kept_for)
    if needed is None or needed <= session.now:
        _erase(session, person, forget)
        return person
    person.erase_at = needed
    record(session, person, say.PersonErasureSet(**person.about, erase_at=needed))
    at(session, needed, ERASE_PERSON, person.id)
    return person


def keep_person(session: Session, *, person: Person) -> Person:
    """Let a record stay after all; refuses with NothingChanged one that is not to be erased."""
    if person.erase_at is None:
        raise NothingChanged("personId")
    _stay(session, person)
    return person


def erase_when_due(session: Session, person_id: str, *, kept_for: timedelta, forget: Sequence[Forget]) -> None:
    """What happens at the end of the time: who holds a role again stays, who had one since stays for as long again."""
    person = session.get(Person, person_id, with_for_update=True)
    if person is None or person.erase_at is None:
        return
    try:
        needed = _needed_until(session, person, kept_for)
    except PersonHoldsRoles:
        _stay(session, person)
        return
    if needed and needed > session.now:
        person.erase_at = needed
        at(session, needed, ERASE_PERSON, person.id)
    else:
        _erase(session, person, forget)


def _needed_until(session: Session, person: Person, kept_for: timedelta) -> datetime | None:
    """Until when it must be known who this is; None where they never held a role. Refuses with PersonHoldsRoles."""
    accounts = {each.account for each in records_of(session, person) if each.account}
    grants = grants_of(session, accounts)
    if any(grant.revoked_at is None for grant in grants):
        raise PersonHoldsRoles("personId")
    return max((grant.revoked_at + kept_for for grant in grants if grant.revoked_at), default=None)


def _erase(session: Session, person: Person, forget: Sequence[Forget]) -> None:
    records = records_of(session, person)
    accounts = [each.account for each in records if each.account]
    record_ids = [each.id for each in records]
    record(session, person, say.PersonErased(**person.about, accounts=accounts, record_ids=record_ids))
    session.execute(delete(Affiliation).where(Affiliation.person_id.in_(record_ids)))
    for each in records:
        each.erase(session.now)
        index_names(session, each)
        untell_name(session, each)
    for each_place in forget:
        each_place(session, record_ids, accounts)
    cancel(session, ERASE_PERSON, person.id)


def _stay(session: Session, person: Person) -> None:
    person.erase_at = None
    cancel(session, ERASE_PERSON, person.id)
    record(session, person, say.PersonErasureSet(**person.about))
