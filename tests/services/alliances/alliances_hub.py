"""The alliances service on an embedded hub, with the people who have to do with it."""

from __future__ import annotations

from itertools import count
from typing import Any

from sqlalchemy import delete, select

from contracts.authority import Role, Scope
from contracts.regions import province_of
from kit.calls.answers import Answer
from kit.context import Context
from kit.data.db import KitTable
from kit.viewer import SYSTEM
from kit.work.timers import DueRow
from services.alliances.authority.roles.commands import grant_role
from services.alliances.service import AlliancesService
from tests.clock import NOW
from tests.services.service_hub import OFFICE, VISITOR, ServiceHub, eventually

__all__ = [
    "ANHUI",
    "HUANGSHAN_CITY",
    "JIANGSU",
    "OFFICE",
    "SHANGHAI",
    "SOMEBODY",
    "VISITOR",
    "AlliancesHub",
    "named",
    "province",
    "representative",
    "secretariat",
]
SOMEBODY = "somebody"
ANHUI, SHANGHAI, JIANGSU = "340000", "310000", "320000"
HUANGSHAN_CITY = "341000"
_numbers = count(1)


class AlliancesHub(ServiceHub):
    """One running alliances service; the hub office acts where nobody else is named."""

    service = AlliancesService

    def begin(self) -> None:
        """As new: nobody but the hub office may do anything."""
        with self.runtime.database.transaction() as session:
            for table in reversed([*KitTable.metadata.sorted_tables, *self.service.tables.sorted_tables]):
                session.execute(delete(table))
        self.clock.move_to(NOW)
        self.appoint(OFFICE, Role.HUB_OFFICE, Scope.hub())

    # ---- who may what ---------------------------------------------------------------------------------------------

    def appoint(self, person: str, role: Role, scope: Scope) -> None:
        """Give a role without being asked by anybody."""
        with self.runtime.database.transaction(Context(SYSTEM)) as session:
            grant_role(session, person=person, role=role, scope=scope)

    def province_office(self, code: str) -> str:
        """Somebody who works in the office of a province."""
        person = f"province-office-{code}"
        self.appoint(person, Role.PROVINCE_OFFICE, Scope.province(code))
        return person

    # ---- what is asked --------------------------------------------------------------------------------------------

    def organization(self, **facts: Any) -> dict[str, Any]:
        """A registered organisation, of a name of its own; `representative:<id>` speaks for it."""
        number = next(_numbers)
        given = {
            "kind": "university",
            "region": HUANGSHAN_CITY,
            "name_zh": f"单位{number}",
            "name_en": f"Body {number}",
        }
        found: dict[str, Any] = self.ask("register_organization", **{**given, **facts})
        self.appoint(representative(found), Role.REPRESENTATIVE, Scope.organization(found["id"]))
        return found

    def alliance(self, **facts: Any) -> dict[str, Any]:
        """A founded alliance, of a name of its own; `secretariat:<id>` acts for it."""
        number = next(_numbers)
        given = {"kind": "mechanism", "region": SHANGHAI, "name_zh": f"联盟{number}", "name_en": f"Alliance {number}"}
        found: dict[str, Any] = self.ask("found_alliance", **{**given, **facts})
        self.appoint(secretariat(found), Role.SECRETARIAT, Scope.alliance(found["id"]))
        return found

    def member(self, alliance: dict[str, Any], **facts: Any) -> dict[str, Any]:
        """A new organisation's membership in an alliance."""
        organization = self.organization(**facts)
        pair = {"alliance_id": alliance["id"], "organization_id": organization["id"]}
        applied = self.ask("apply_for_membership", **pair)
        found: dict[str, Any] = self.ask("admit_member", membership_id=applied["id"])
        return found

    # ---- what is looked at ----------------------------------------------------------------------------------------

    def ring(self) -> None:
        """Wait until every timer has rung whose time has come."""

        def rung() -> bool:
            with self.runtime.database.transaction(writes=False) as session:
                left = (DueRow.due_at <= session.now) | (DueRow.attempts > 0)
                return session.scalar(select(DueRow.id).where(left).limit(1)) is None

        eventually(rung, 60)

    def answers_kept(self) -> int:
        """How many idempotency keys are remembered."""
        with self.runtime.database.transaction(writes=False) as session:
            return len(session.scalars(select(Answer.key)).all())

    def plan_of(self, method: str, viewer: str = VISITOR, **which: Any) -> list[str]:
        """How the database would look for the rows of a list."""
        with self.statements() as sent:
            self.ask(method, viewer, **which)
        return self.plan(*next(each for each in sent if f"FROM {method}" in each[0])).splitlines()


def representative(organization: dict[str, Any]) -> str:
    return f"representative:{organization['id']}"


def secretariat(alliance: dict[str, Any]) -> str:
    return f"secretariat:{alliance['id']}"


def province(place: dict[str, Any]) -> str:
    return province_of(place["region"])


def named(found: dict[str, Any]) -> dict[str, Any]:
    """How messages name an organisation or alliance."""
    return {"id": found["id"], "zh": found["name_zh"], "en": found["name_en"]}
