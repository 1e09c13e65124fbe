"""Knowing: whether the hub has ever heard of the person who is to get a role; who keeps records of persons says so."""

from __future__ import annotations

from sqlalchemy import select

from contracts.alliances.authority.roles import PersonUnknown
from kit.calls.service import Service
from kit.data.db import Session
from kit.rights.grants import Grant
from services.alliances.authority.roles.settings import RoleSettings

KNOWS_PERSON = "knows person"
"""`def knows(self, session, account)`: whether there is a record of a person with this account."""


def check_known(service: Service, session: Session, account: str, field: str = "person") -> None:
    """Refuses with PersonUnknown an account that nobody is known by, where the settings ask for that.

    Known is who holds or ever held a role, and of whom there is a record: they were registered, or have said their name.
    """
    if not service.runtime.settings.of(RoleSettings).to_known:
        return
    held = session.scalar(select(Grant.id).where(Grant.person == account).limit(1))
    if held is None and not any(knows(session, account) for knows in service.hooked(KNOWS_PERSON)):
        raise PersonUnknown(field)
