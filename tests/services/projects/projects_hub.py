"""The projects service on an embedded hub, spoken to as by the gateway and told what alliances would tell it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event, select

from contracts.alliances import OrganizationChanged, OrganizationRegistered, RoleGranted, RoleRevoked
from contracts.authority import Role, Scope
from contracts.base import Message, Named, Refusal
from hub.embedded import EmbeddedHub
from hub.settings import read_settings
from kit.clock import MovableClock
from kit.data.db import Context
from kit.ids import new_id
from kit.messages.outbox import OutboxRow
from kit.process.runtime import Runtime
from kit.viewer import Viewer
from kit.wire.envelope import Envelope
from kit.wire.request import Request
from services.projects.service import ProjectsService
from services.projects.tables import ProjectsTable

OFFICE = "hub-office"
ANHUI_OFFICE = "anhui-office"
VISITOR = ""
SHANGHAI, JIANGSU, ANHUI = "310000", "320000", "340000"


class Refused(Exception):  # noqa: N818 - a refusal is an answer, not an error
    """What a call was refused with."""

    def __init__(self, problems: list[dict[str, Any]]) -> None:
        super().__init__(problems)
        self.problems = problems


class ProjectsHub:
    """One running projects service. The hub office acts where nobody else is named."""

    def __init__(self) -> None:
        self.clock = MovableClock()
        self._hub = EmbeddedHub([ProjectsService], read_settings(), self.clock)
        self._hub.start()
        self.grant(OFFICE, Role.HUB_OFFICE, Scope.hub())
        self.grant(ANHUI_OFFICE, Role.PROVINCE_OFFICE, Scope.province(ANHUI))

    def stop(self) -> None:
        self._hub.stop()

    @property
    def runtime(self) -> Runtime:
        return self._hub.runtimes["projects"]

    def ask(
        self, method: str, viewer: str = OFFICE, key: str | None = None, locale: str = "zh-CN", **arguments: Any
    ) -> Any:
        """The answer to a call; raises Refused."""
        request = Request(method, arguments, Context(Viewer(viewer), locale), idempotency_key=key)
        payload = self._hub.broker.call("projects", request).result(timeout=60)
        assert payload is not None
        if payload["error"] is None:
            return payload["result"]
        assert payload["error"]["kind"] == "refusal", payload["error"]
        raise Refused(payload["error"]["problems"])

    def hear(self, message: Message, *, subject_id: str, version: int = 1) -> None:
        """Let alliances say something, and wait until it has been written down here."""
        envelope = Envelope(
            id=new_id(),
            type=message.type,
            source="/alliances",
            subject_type="anything",
            subject_id=subject_id,
            version=version,
            time=self.clock.now(),
            actor="somebody",
            correlation_id="test",
            data=message.data(),
        )
        self._hub.broker.publish([envelope])

    def grant(self, person: str, role: Role, scope: Scope) -> dict[str, Any]:
        """Let a person hold a role; returns what the message said, for `revoke`."""
        said = {"person": person, "role": role, "scope_type": scope.type, "scope_id": scope.id}
        said |= {"grant_id": new_id(), "granted_at": self.clock.now()}
        self.hear(RoleGranted(**said), subject_id=said["grant_id"])
        return said

    def revoke(self, said: dict[str, Any], *, version: int = 2) -> None:
        message = RoleRevoked(**said, revoked_at=self.clock.now())
        self.hear(message, subject_id=said["grant_id"], version=version)

    def organization(
        self, zh: str, *, region: str = ANHUI, aliases: tuple[str, ...] = (), representative: str = ""
    ) -> str:
        """The id of an organisation that alliances has told of."""
        named = Named(id=new_id(), zh=zh, en=f"{zh} in English")
        message = OrganizationRegistered(organization=named, kind="university", region=region, aliases=list(aliases))
        self.hear(message, subject_id=named.id)
        if representative:
            self.grant(representative, Role.REPRESENTATIVE, Scope.organization(named.id))
        return named.id

    def rename(self, organization_id: str, zh: str, *, version: int, region: str = ANHUI) -> None:
        named = Named(id=organization_id, zh=zh, en=f"{zh} in English")
        message = OrganizationChanged(organization=named, kind="university", region=region)
        self.hear(message, subject_id=organization_id, version=version)

    def said(self, *, since: int = 0) -> list[tuple[str, dict[str, Any]]]:
        """Type and data of every message that was recorded, oldest first, without the first `since`."""
        with self.runtime.database.transaction(writes=False) as session:
            rows = session.scalars(select(OutboxRow).order_by(OutboxRow.id).offset(since))
            return [(row.type, row.data) for row in rows]

    def contents(self) -> dict[str, list[Any]]:
        """Every row that a command of this service can write."""
        tables = ProjectsTable.metadata.sorted_tables
        with self.runtime.database.transaction(writes=False) as session:
            found = {table.name: sorted(map(tuple, session.execute(select(table))), key=repr) for table in tables}
            return found | {"said": session.scalars(select(OutboxRow.id).order_by(OutboxRow.id)).all()}

    @contextmanager
    def refuses(self, code: str, field: str | None = None, **params: str | int) -> Iterator[None]:
        """What happens inside is refused for exactly this reason, changes nothing, and no message is recorded."""
        before = self.contents()
        with pytest.raises(Refused) as refused:
            yield
        assert refused.value.problems == [{"code": code, "field": field, "params": params}]
        for language in ("zh-CN", "en"):
            assert "{" not in Refusal.of(refused.value.problems[0]).text(language)
        assert self.contents() == before

    @contextmanager
    def statements(self) -> Iterator[list[str]]:
        """The SQL statements that those who ask send inside: without the pumps' own, and without SQLite's BEGIN."""
        sent: list[str] = []

        def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
            if not statement.startswith("BEGIN") and not threading.current_thread().name.startswith("pump"):
                sent.append(statement)

        engine = self.runtime.database.engine
        event.listen(engine, "before_cursor_execute", note)
        yield sent
        event.remove(engine, "before_cursor_execute", note)


def at_once(*deeds: Callable[[], Any]) -> list[Any]:
    """What each deed gave, all begun at the same moment on threads of their own."""
    outcomes: list[Any] = [None] * len(deeds)
    gate = threading.Barrier(len(deeds))

    def run(place: int, deed: Callable[[], Any]) -> None:
        gate.wait()
        outcomes[place] = deed()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return outcomes
