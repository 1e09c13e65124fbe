"""Office: the operator's way into the hub office, for its first person and where two cannot act any more."""

from __future__ import annotations

from contracts.authority import Role, Scope
from hub.databases import session_of
from kit.settings import Settings
from services.alliances.authority.roles.commands import grant_role, revoke_role


def appoint(settings: Settings, person: str) -> None:
    """Grant the hub office to a person, straight in the database of alliances; its relay tells the others."""
    with session_of(settings, "alliances") as session:
        grant_role(session, person=person, role=Role.HUB_OFFICE, scope=Scope.hub())


def remove(settings: Settings, person: str) -> None:
    """Take the hub office from a person; raises Refusal where they do not have it, or are the last who has it."""
    with session_of(settings, "alliances") as session:
        revoke_role(session, person=person, role=Role.HUB_OFFICE, scope=Scope.hub())
