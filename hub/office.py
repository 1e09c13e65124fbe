"""Office: appoints the first person of the hub office, who gives all further roles."""

from __future__ import annotations

from contracts.authority import Role, Scope
from hub.databases import session_of
from kit.settings import Settings
from services.alliances.authority.commands import grant_role


def appoint(settings: Settings, person: str) -> None:
    """Grant the hub office to a person, straight in the database of alliances; its relay tells the others."""
    with session_of(settings, "alliances") as session:
        grant_role(session, person=person, role=Role.HUB_OFFICE, scope=Scope.hub())
