"""The events service on an embedded hub, spoken to as by the gateway and told what alliances would tell it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, select

from contracts.alliances import AllianceFounded, OrganizationRegistered, RoleGranted, RoleRevoked
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
from kit.work.timers import SCHEDULE, DueRow
from services.events.service import EventsService
from services.events.tables import EventsTable

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
OFFICE = "hub-office"
SHANGHAI, ANHUI, JIANGSU = "310000", "340000", "320000"


class StandingClock(MovableClock):
    """A clock that moves only when it is told to."""

    def __init__(self, start: datetime) -> None:
        super().__init__()
        self._now = start

    def now(self) -> datetime:
        return self._now

    def advance(self, by: timedelta) -> None:
        self._now += by
        super().advance(by)

    def move_to(self, moment: datetime) -> None:
        self.advance(moment - self._now)


class Refused(Exception):  # noqa: N818
    """What a call was refused with."""

    def __init__(self, problems: list[dict[str, Any]]) -> None:
        super().__init__(problems)
        self.problems = problems


class EventsHub:
    """One running events service. `office` acts where nobody else is named."""

    def __init__(self) -> None:
        self.clock = StandingClock(NOW)
        self.start()
        self.grant(OFFICE, Role.HUB_OFFICE, Scope.hub())

    def start(self) -> None:
        self._hub = EmbeddedHub([EventsService], read_settings(), self.clock)
        self._hub.start()

    def start_without_the_scheduler(self) -> None:
        """Start, but do not do what falls due: as if its pump were late."""
        self._hub = EmbeddedHub([EventsService], read_settings(), self.clock)
        self.runtime._pumps = [pump for pump in self.runtime._pumps if pump.name != SCHEDULE]
        self._hub.start()

    def stop(self) -> None:
        self._hub.stop()

    @property
    def runtime(self) -> Runtime:
        return self._hub.runtimes["events"]

    def ask(self, method: str, viewer: str = OFFICE, key: str | None = None, **arguments: Any) -> Any:
        """The answer to a call; raises Refused."""
        request = Request(method, arguments, Context(Viewer(viewer)), idempotency_key=key)
        payload = self._hub.broker.call("events", request).result(timeout=30)
        assert payload is not None
        if payload["error"] is None:
            return payload["result"]
        assert payload["error"]["kind"] == "refusal", payload["error"]
        raise Refused(payload["error"]["problems"])

    def refusals(self, method: str, viewer: str = OFFICE, **arguments: Any) -> list[dict[str, Any]]:
        """The problems that a call is refused with; fails where it is not."""
        with pytest.raises(Refused) as refused:
            self.ask(method, viewer, **arguments)
        return refused.value.problems

    def hear(self, message: Message, *, subject_id: str, version: int = 1) -> Envelope:
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
        self.deliver(envelope)
        return envelope

    def deliver(self, envelope: Envelope) -> None:
        self._hub.broker.publish([envelope])

    def grant(self, person: str, role: Role, scope: Scope) -> dict[str, Any]:
        """Let a person hold a role; returns what the message said, for `revoke`."""
        said = {"person": person, "role": role, "scope_type": scope.type, "scope_id": scope.id}
        said |= {"grant_id": new_id(), "granted_at": self.clock.now()}
        self.hear(RoleGranted(**said), subject_id=said["grant_id"])
        return said

    def revoke(self, said: dict[str, Any]) -> None:
        self.hear(RoleRevoked(**said, revoked_at=self.clock.now()), subject_id=said["grant_id"], version=2)

    def organization(self, region: str = "310115", representative: str = "", zh: str = "上海师范大学") -> str:
        """The id of an organisation that alliances has told of."""
        named = Named(id=new_id(), zh=zh, en=f"University {region}")
        message = OrganizationRegistered(organization=named, kind="university", region=region)
        self.hear(message, subject_id=named.id)
        if representative:
            self.grant(representative, Role.REPRESENTATIVE, Scope.organization(named.id))
        return named.id

    def alliance(self) -> str:
        named = Named(id=new_id(), zh="联盟", en="Alliance")
        message = AllianceFounded(alliance=named, kind="mechanism", region=None, founded_on=None)
        self.hear(message, subject_id=named.id)
        return named.id

    def said(self, *, since: int = 0) -> list[tuple[str, dict[str, Any]]]:
        """Type and data of every message that was recorded, oldest first, without the first `since`."""
        with self.runtime.database.transaction(writes=False) as session:
            rows = session.scalars(select(OutboxRow).order_by(OutboxRow.id).offset(since))
            return [(row.type, row.data) for row in rows]

    def contents(self) -> dict[str, list[Any]]:
        """Every row that a command of this service can write."""
        tables = [*EventsTable.metadata.sorted_tables, DueRow.__table__]
        with self.runtime.database.transaction(writes=False) as session:
            found = {table.name: sorted(map(tuple, session.execute(select(table))), key=repr) for table in tables}
            return found | {"said": session.scalars(select(OutboxRow.id).order_by(OutboxRow.id)).all()}

    def settle(self) -> None:
        """Wait until every message has reached those in this service who listen to it."""
        eventually(self._all_sent)

    def _all_sent(self) -> bool:
        with self.runtime.database.transaction(writes=False) as session:
            return session.scalar(select(OutboxRow.id).where(OutboxRow.sent_at.is_(None)).limit(1)) is None

    @contextmanager
    def refuses(self, code: str, field: str | None = None, **params: str | int) -> Iterator[None]:
        """What happens inside is refused for exactly this reason, changes nothing, and no message is recorded."""
        self.settle()
        before = self.contents()
        with pytest.raises(Refused) as refused:
            yield
        assert refused.value.problems == [{"code": code, "field": field, "params": params}]
        for language in ("zh-CN", "en"):
            assert "{" not in Refusal.of(refused.value.problems[0]).text(language)
        assert self.contents() == before

    @contextmanager
    def statements(self) -> Iterator[list[tuple[str, Any]]]:
        """The SQL statements, with their parameters, that calls send inside; the pumps are left out."""
        sent: list[tuple[str, Any]] = []

        def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
            if not threading.current_thread().name.startswith("pump"):
                sent.append((statement, parameters))

        engine = self.runtime.database.engine
        event.listen(engine, "before_cursor_execute", note)
        yield sent
        event.remove(engine, "before_cursor_execute", note)

    def plan(self, statement: str, parameters: Any) -> str:
        """How the database would go about a statement if the tables were large."""
        with self.runtime.database.engine.connect() as connection:
            if self.runtime.database.is_sqlite:
                steps = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
                return "\n".join(row[-1] for row in steps)
            connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
            return "\n".join(row[0] for row in connection.exec_driver_sql(f"EXPLAIN {statement}", parameters))


def eventually(holds: Callable[[], Any], seconds: float = 10) -> None:
    """Wait until it holds; fails after so many seconds."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it did not come to be in time"
        time.sleep(0.01)


def at_once(*deeds: Callable[[], Any]) -> list[Any]:
    """What each deed gave, or the Refused that it raised, all begun at the same moment on threads of their own."""
    outcomes: list[Any] = [None] * len(deeds)
    gate = threading.Barrier(len(deeds))

    def run(place: int, deed: Callable[[], Any]) -> None:
        gate.wait()
        try:
            outcomes[place] = deed()
        except Refused as refused:
            outcomes[place] = refused

    threads = [threading.Thread(target=run, args=each) for each in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return outcomes
