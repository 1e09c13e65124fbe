"""The alliances service on an embedded hub, with the people who have to do with it."""

from __future__ import annotations

from contextlib import AbstractContextManager
from itertools import count
from typing import Any

from sqlalchemy import event

from contracts.authority import Role, Scope
from contracts.regions import province_of
from hub.embedded import EmbeddedHub
from hub.settings import read_settings
from kit.data.db import Context
from kit.viewer import SYSTEM
from services.alliances.authority.commands import grant_role
from services.alliances.service import AlliancesService
from tests import builders
from tests.clock import NOW, StandingClock

OFFICE, SOMEBODY, VISITOR = "hub-office", "somebody", ""
ANHUI, SHANGHAI, JIANGSU = "340000", "310000", "320000"
HUANGSHAN_CITY = "341000"
_numbers = count(1)


class AlliancesHub:
    """One running alliances service; the hub office acts where nobody else is named."""

    def __init__(self) -> None:
        self.clock = StandingClock()
        self.hub = EmbeddedHub([AlliancesService], read_settings(), self.clock)
        builders.in_haste(self.hub.runtimes["alliances"].database.engine)
        self.hub.start()

    def begin(self) -> None:
        """As new: nobody but the hub office may do anything."""
        builders.forget_everything(self.hub, "alliances")
        self.clock.move_to(NOW)
        self.appoint(OFFICE, Role.HUB_OFFICE, Scope.hub())

    def stop(self) -> None:
        self.hub.stop()

    # ---- who may what ---------------------------------------------------------------------------------------------

    def appoint(self, person: str, role: Role, scope: Scope) -> None:
        """Give a role without being asked by anybody."""
        with self.hub.runtimes["alliances"].database.transaction(Context(SYSTEM)) as session:
            grant_role(session, person=person, role=role, scope=scope)

    def province_office(self, code: str) -> str:
        """Somebody who works in the office of a province."""
        person = f"province-office-{code}"
        self.appoint(person, Role.PROVINCE_OFFICE, Scope.province(code))
        return person

    # ---- what is asked --------------------------------------------------------------------------------------------

    def ask(self, method: str, viewer: str = OFFICE, key: str | None = None, **arguments: Any) -> Any:
        return builders.call(self.hub, "alliances", method, viewer, key=key, **arguments)

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

    def said(self, *, since: int = 0) -> list[tuple[str, dict[str, Any]]]:
        return builders.said(self.hub, "alliances", since=since)

    def refuses(self, code: str, field: str | None = None, **params: Any) -> AbstractContextManager[None]:
        return builders.refuses(self.hub, "alliances", code, field, **params)

    def statements(self) -> AbstractContextManager[list[str]]:
        return builders.statements(self.hub, "alliances")

    def plan(self, method: str, viewer: str = VISITOR, **which: Any) -> list[str]:
        """How SQLite would look for the rows of a list."""
        sent: list[tuple[str, Any]] = []
        engine = self.hub.runtimes["alliances"].database.engine
        event.listen(engine, "before_cursor_execute", note := lambda _c, _u, *sql: sent.append(sql[:2]))
        self.ask(method, viewer, **which)
        event.remove(engine, "before_cursor_execute", note)
        statement, parameters = next(sql for sql in sent if f"FROM {method}" in sql[0])
        with engine.connect() as connection:
            return [row.detail for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)]


def representative(organization: dict[str, Any]) -> str:
    return f"representative:{organization['id']}"


def secretariat(alliance: dict[str, Any]) -> str:
    return f"secretariat:{alliance['id']}"


def province(place: dict[str, Any]) -> str:
    return province_of(place["region"])


def named(found: dict[str, Any]) -> dict[str, Any]:
    """How messages name an organisation or alliance."""
    return {"id": found["id"], "zh": found["name_zh"], "en": found["name_en"]}
