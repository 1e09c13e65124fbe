"""Office: appoints the first person of the hub office, who gives all further roles."""

from __future__ import annotations

from contracts.authority import Role, Scope
from kit.clock import clock_of
from kit.db import Context, Database
from kit.settings import Settings
from kit.viewer import SYSTEM
from kit.wakeups import Wakeups
from services.alliances.authority.commands import grant_role


def appoint(settings: Settings, person: str) -> None:
    """Grant the hub office to a person, straight in the database of alliances; its relay tells the others."""
    database = Database(settings.database("alliances"), clock=clock_of(settings.clock_file), wakeups=Wakeups())
    with database.transaction(Context(viewer=SYSTEM)) as session:
        grant_role(session, person=person, role=Role.HUB_OFFICE, scope=Scope.hub())
    database.close()
