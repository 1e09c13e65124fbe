"""An empty hub is filled with the demo data once, and every persona holds what the file of personas says."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select

from hub.demo.load import WAYS, load_demo
from hub.personas import personas
from hub.services import all_services
from kit.clock import SystemClock
from kit.rights.grants import Grant
from services.alliances.membership.memberships.model import Membership
from services.alliances.registry.organizations.model import Organization
from tests.databases.ground import hub_of


def test_an_empty_hub_is_filled_once(home: Path) -> None:
    hub = hub_of(all_services(), SystemClock())
    hub.start()
    try:
        load_demo(hub)
        load_demo(hub)
        with hub.runtimes["alliances"].database.transaction(writes=False) as session:
            held = {(grant.person, grant.role) for grant in session.scalars(select(Grant))}
            names = list(session.scalars(select(Organization.name_zh)))
            statuses = set(session.scalars(select(Membership.status)))
    finally:
        hub.stop()

    asked = {(persona["id"], grant["role"]) for persona in personas().values() for grant in persona["grants"]}
    assert held == asked
    assert len(names) == len(set(names)) > 20
    assert statuses == set(WAYS)
