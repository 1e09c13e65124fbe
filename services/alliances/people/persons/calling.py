"""Calling: other services hear what a person is called in one message, and the journal loses the name with the record."""

from __future__ import annotations

from sqlalchemy import select

from contracts.alliances.people.persons import PersonCalled
from kit.data.db import Session
from kit.messages.forgetting import forget
from kit.messages.outbox import record
from kit.work.timers import at
from services.alliances.people.persons.model import Person

TELL_NAMES = "tell_names"
AT_A_TIME = 200
"""So many persons are told of in one transaction, where names became known before anybody was told."""


def tell_name(session: Session, person: Person) -> None:
    """Say what this record says; whoever keeps it has the newest."""
    names = {"name_zh": person.name_zh, "name_en": person.name_en}
    record(session, person, PersonCalled(**person.about, **names, merged_into=person.merged_into))


def untell_name(session: Session, person: Person) -> None:
    """Say that an erased record has no name, and let what was said of it before hold none."""
    tell_name(session, person)
    session.flush()
    forget(session, person, PersonCalled)


def tell_names(session: Session, behind: str) -> None:
    """Tell of the next persons behind this id, all of them in the end; to be told twice changes nothing."""
    query = select(Person).where(Person.erased_at.is_(None)).order_by(Person.id).limit(AT_A_TIME)
    persons = session.scalars((query.where(Person.id > behind) if behind else query).with_for_update()).all()
    for person in persons:
        tell_name(session, person)
    if len(persons) == AT_A_TIME:
        at(session, session.now, TELL_NAMES, persons[-1].id)
