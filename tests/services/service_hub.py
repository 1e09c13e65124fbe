"""Service hub: one service on an embedded hub, spoken to as by the gateway and told what other services would tell it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, ClassVar

import pytest
from sqlalchemy import event, select

from contracts.alliances.authority.roles import RoleGranted, RoleRevoked
from contracts.alliances.merging.mergers import MergerMessage, OrganizationsMerged, OrganizationsUnmerged
from contracts.authority import Role, Scope
from contracts.base import Message, Named, Refusal
from contracts.jobs import StillRunning
from kit.calls.service import Service
from kit.clock import MovableClock
from kit.context import Context
from kit.data.db import KitTable
from kit.ids import new_id
from kit.messages.outbox import OutboxRow
from kit.process.runtime import Runtime
from kit.settings import Settings
from kit.viewer import Viewer
from kit.wire.envelope import Envelope
from kit.wire.request import Request
from kit.work.due import State
from kit.work.timers import SCHEDULE, DueRow
from tests.clock import StandingClock
from tests.databases.ground import hub_of

OFFICE, VISITOR = "hub-office", ""
PATIENCE = 60  # seconds: other tests may have the machine


class Refused(Exception):  # noqa: N818 - a refusal is an answer
    """What a call was refused with."""

    def __init__(self, problems: list[dict[str, Any]]) -> None:
        super().__init__(problems)
        self.problems = problems

    @property
    def codes(self) -> list[str]:
        return [problem["code"] for problem in self.problems]


class ServiceHub:
    """One running service. OFFICE acts where nobody else is named; the clock moves only when it is told to."""

    service: ClassVar[type[Service]]

    def __init__(self, clock: MovableClock | None = None, settings: Settings | None = None) -> None:
        self.clock = clock or StandingClock()
        self._settings = settings
        self.start()

    def start(self) -> None:
        self._prepare()
        self.hub.start()

    def start_without_the_scheduler(self) -> None:
        """Start, but do not do what falls due: as if its pump were late."""
        self._prepare()
        self.runtime._pumps = [pump for pump in self.runtime._pumps if pump.name != SCHEDULE]
        self.hub.start()

    def _prepare(self) -> None:
        self.hub = hub_of([self.service], self.clock, self._settings)

    def stop(self) -> None:
        self.hub.stop()

    @property
    def runtime(self) -> Runtime:
        return self.hub.runtimes[self.service.name]

    # ---- what is asked --------------------------------------------------------------------------------------------

    def ask(
        self, method: str, viewer: str = OFFICE, key: str | None = None, language: str = "zh-CN", **arguments: Any
    ) -> Any:
        """The answer that the gateway would get for this person, waiting for the end of long work; raises Refused."""
        while True:
            request = Request(method, arguments, Context(Viewer(viewer), language), idempotency_key=key)
            payload = self.hub.broker.call(self.service.name, request).result(timeout=PATIENCE)
            assert payload is not None
            if payload["error"] is None:
                return payload["result"]
            assert payload["error"]["kind"] == "refusal", payload["error"]
            problems = payload["error"]["problems"]
            if [problem["code"] for problem in problems] != [StillRunning.code]:
                raise Refused(problems)

    def refusals(self, method: str, viewer: str = OFFICE, **arguments: Any) -> list[dict[str, Any]]:
        """The problems that a call is refused with; fails where it is not."""
        with pytest.raises(Refused) as refused:
            self.ask(method, viewer, **arguments)
        return refused.value.problems

    @contextmanager
    def refuses(self, code: str, field: str | None = None, **params: Any) -> Iterator[None]:
        """What happens inside is refused for exactly this reason, changes nothing, and no message is recorded.

        What had come due before has rung by then: else it might ring, and change something, in between.
        """
        self.rest()
        before = self.contents()
        with pytest.raises(Refused) as refused:
            yield
        assert refused.value.problems == [{"code": code, "field": field, "params": params}]
        for language in ("zh-CN", "en"):
            assert "{" not in Refusal.of(refused.value.problems[0]).text(language)
        assert self.contents() == before

    # ---- what it hears --------------------------------------------------------------------------------------------

    def hear(self, message: Message, *, subject_id: str, version: int = 1) -> Envelope:
        """Let alliances say something, and wait until it has been written down here."""
        said = enveloped(message, self.clock.now(), subject_id, version, source="/alliances")
        self.deliver(said)
        return said

    def deliver(self, *envelopes: Envelope) -> None:
        """Let messages arrive, one after another, and wait until each has been written down."""
        for envelope in envelopes:
            self.hub.broker.publish([envelope])

    def grant(self, person: str, role: Role, scope: Scope) -> dict[str, Any]:
        """Let a person hold a role; returns what the message said, for `revoke`."""
        said = {"person": person, "role": role, "scope_type": scope.type, "scope_id": scope.id}
        said |= {"grant_id": new_id(), "granted_at": self.clock.now()}
        self.hear(RoleGranted(**said), subject_id=said["grant_id"])
        return said

    def revoke(self, said: dict[str, Any], *, version: int = 2) -> None:
        message = RoleRevoked(**said, revoked_at=self.clock.now())
        self.hear(message, subject_id=said["grant_id"], version=version)

    def merge(
        self, survivor_id: str, other_id: str, *, merger_id: str = "", at: datetime | None = None
    ) -> MergerMessage:
        """Let two organisations be one; returns what was said, for `unmerge`."""
        pair = {"survivor": _some(survivor_id), "other": _some(other_id), "ground": "duplicate"}
        said = OrganizationsMerged(merger_id=merger_id or new_id(), **pair, merged_at=at or self.clock.now())
        self.hear(said, subject_id=said.merger_id)
        return said

    def unmerge(self, said: MergerMessage, *, at: datetime | None = None) -> None:
        undone = OrganizationsUnmerged(**vars(said), unmerged_at=at or self.clock.now(), reason="x")
        self.hear(undone, subject_id=said.merger_id, version=2)

    # ---- what is looked at ----------------------------------------------------------------------------------------

    def said(self, *, since: int = 0) -> list[tuple[str, dict[str, Any]]]:
        """Type and data of every message that was recorded, oldest first, without the first `since`."""
        with self.runtime.database.transaction(writes=False) as session:
            rows = session.scalars(select(OutboxRow).order_by(OutboxRow.id).offset(since))
            return [(row.type, row.data) for row in rows]

    def contents(self) -> dict[str, list[Any]]:
        """Every row that a command can write; what relay, inbox and jobs note down, and kept answers, are left out."""
        kept = [
            table
            for table in KitTable.metadata.sorted_tables
            if table.name not in {"outbox", "inbox", "answers", "jobs"}
        ]
        tables = [*self.service.tables.sorted_tables, *kept]
        with self.runtime.database.transaction(writes=False) as session:
            found = {table.name: sorted(map(tuple, session.execute(select(table))), key=repr) for table in tables}
            return found | {"said": list(session.scalars(select(OutboxRow.id).order_by(OutboxRow.id)))}

    def settle(self) -> None:
        """Wait until every message has reached those in this service who listen to it."""
        eventually(self._all_sent)

    def rest(self) -> None:
        """Wait until nothing is under way: what has come due has rung, where anybody sees to that, and all was heard."""
        if any(pump.name == SCHEDULE for pump in self.runtime._pumps):
            self.catch_up()
        self.settle()

    def _all_sent(self) -> bool:
        with self.runtime.database.transaction(writes=False) as session:
            return session.scalar(select(OutboxRow.id).where(OutboxRow.sent_at.is_(None)).limit(1)) is None

    def catch_up(self) -> None:
        """Wait until every timer that has come due has rung; one that failed waits for its next try, as the clock stands."""
        eventually(self._none_due)
        self.settle()

    def _none_due(self) -> bool:
        claimed = (DueRow.attempts > 0) & DueRow.error.is_(None)  # it falls due again when its lease ends
        rings = (DueRow.due_at <= self.clock.now()) | claimed
        due = select(DueRow.id).where(DueRow.state == State.WAITING, rings)
        with self.runtime.database.transaction(writes=False) as session:
            return session.scalar(due.limit(1)) is None

    @contextmanager
    def statements(self) -> Iterator[list[tuple[str, Any]]]:
        """The SQL statements, with their parameters, that are sent inside; without the pumps' own, and without BEGIN.

        What was said before has been heard by then: else its handlers' statements might be counted too.
        """
        self.rest()
        with self.statements_at_once() as sent:
            yield sent

    @contextmanager
    def statements_at_once(self) -> Iterator[list[tuple[str, Any]]]:
        """`statements`, where the pumps stand still and nothing is under way."""
        sent: list[tuple[str, Any]] = []

        def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
            if not (statement.startswith("BEGIN") or threading.current_thread().name.startswith("pump")):
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


def _some(id_: str) -> Named:
    return Named(id=id_, zh="某单位", en="Some body")


def enveloped(message: Message, at: Any, subject_id: str, version: int = 1, *, source: str = "/somebody") -> Envelope:
    """A message as it arrives."""
    return Envelope(
        id=new_id(),
        type=message.type,
        source=source,
        subject_type="anything",
        subject_id=subject_id,
        version=version,
        time=at,
        actor="somebody",
        correlation_id="test",
        data=message.data(),
    )


def eventually(holds: Callable[[], Any], seconds: float = 60) -> Any:
    """What `holds` gives once it is true; fails after so many seconds."""
    deadline = time.monotonic() + seconds
    while not (value := holds()):
        assert time.monotonic() < deadline, "it did not come to be in time"
        time.sleep(0.005)
    return value


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """What each call gave, or the Refused that it raised, all begun at the same moment on threads of their own.

    Whatever else one raises is raised here.
    """
    outcomes: list[Any] = [None] * len(calls)
    gate = threading.Barrier(len(calls))

    def run(place: int, call: Callable[[], Any]) -> None:
        gate.wait(PATIENCE)
        try:
            outcomes[place] = call()
        except BaseException as error:
            outcomes[place] = error

    threads = [threading.Thread(target=run, args=each) for each in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    for outcome in outcomes:
        if isinstance(outcome, BaseException) and not isinstance(outcome, Refused):
            raise outcome
    return outcomes
