"""Asking: for a person's own record, by the person or by whoever else a right names."""

from __future__ import annotations

from kit.data.db import Session
from kit.rights.asking import require
from kit.rights.right import Right
from services.alliances.people.persons.model import Person
from services.alliances.people.persons.queries import person, person_of
from services.alliances.rights import HAS_RECORD


def own_person(session: Session, person_id: str, right: Right = HAS_RECORD) -> Person:
    """The person, locked, if it is the viewer or the right names them; one may have several accounts."""
    found = person(session, person_id)
    mine = found.id == getattr(person_of(session, session.viewer.id), "id", None)
    require(session, right, account=session.viewer.id if mine else found.account)
    return found
