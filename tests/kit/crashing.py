"""Crashing: two relays and a subscriber over a broker, on SQLite, any of whose steps can be the last of its process.

A schedule says whether the second relay works while the first publishes, and within its lease or after it, at which
step something goes wrong, and whether that ends the process or is an error like any other. After that the hub is
started again and runs until nothing is left to do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import delete, event, func, select
from sqlalchemy.exc import OperationalError

from contracts.base import Message
from kit.broker.bus import Unavailable
from kit.data.db import Database, Session
from kit.messages.handlers import Handler, one_by_one
from kit.messages.inbox import Inbox, InboxRow
from kit.messages.outbox import OutboxRow, record
from kit.messages.relay import Relay
from kit.wire.envelope import Envelope
from kit.work.due import State
from tests.clock import StandingClock
from tests.kit.things import RETRY, Note, Thing, ThingHappened, a_database, a_thing

MESSAGES = 5
ROUNDS = 3  # of both relays, which take a batch each
LEASE = 15
Overlap = Literal["apart", "second while first publishes", "second after the first's lease"]
Fault = Literal["kill", "error"]
ALL_IS_WELL = {"lost": 0, "twice": 0, "unsent": 0, "not done": set(), "on the queue": 0}


class Killed(BaseException):
    """The process dies here; nothing catches it."""


@dataclass(frozen=True)
class Schedule:
    """One course of events; `batch` is the relays' and the subscriber's.

    `at` counts the steps from 1: every BEGIN, statement and COMMIT, every publish and every ack. The fault comes before
    that step, which is to say after the one before it.
    """

    overlap: Overlap
    batch: int
    handler_fails: int
    fault: Fault
    at: int


class World:
    """The databases of a service that speaks and of one that hears, and what lies on the broker between them."""

    def __init__(self, folder: Path) -> None:
        self.clock = StandingClock()
        self.speaker = self._database(folder / "speaker.sqlite3")
        self.hearer = self._database(folder / "hearer.sqlite3")
        self.steps = self.reached = 0
        self._fault: tuple[int, Fault] | None = None
        self._fails, self._together = 0, 1

    def run(self, schedule: Schedule) -> None:
        """From a clean slate through the schedule to rest."""
        self._begin(schedule)
        with suppress(Killed, OperationalError, Unavailable):
            self._first_life(schedule)
        self._fault, self.reached = None, self.steps
        self._second_life()

    # ---- the course of events -------------------------------------------------------------------------------------

    def _begin(self, schedule: Schedule) -> None:
        self._fault = None
        for database, tables in ((self.speaker, [OutboxRow, Thing]), (self.hearer, [InboxRow, Note])):
            with database.transaction() as session:
                for table in tables:
                    session.execute(delete(table))
        with self.speaker.transaction() as session:
            thing = a_thing(session)
            for number in range(MESSAGES):
                record(session, thing, ThingHappened(what=str(number)))
        self.queue: list[Envelope] = []
        self.steps, self._fails, self._together = 0, schedule.handler_fails, schedule.batch
        self._fault = (schedule.at, schedule.fault)

    def _first_life(self, schedule: Schedule) -> None:
        second = self._relay(schedule.batch, self._put)

        def publish(envelopes: list[Envelope]) -> None:
            if schedule.overlap == "second after the first's lease":
                self._pass(LEASE + 1)
            if schedule.overlap != "apart":
                second.work()
            self._put(envelopes)

        first = self._relay(schedule.batch, publish)
        for _ in range(ROUNDS):
            for step in (first.work, self._hear, second.work, self._hear):
                self._survive_errors(step)
        self._pass(3600)
        self._survive_errors(self._retry)

    def _survive_errors(self, step: Callable[[], Any]) -> None:
        """A pump tries again what failed; only a kill ends it."""
        try:
            step()
        except (OperationalError, Unavailable):
            step()

    def _second_life(self) -> None:
        """Both services are started again; time passes until every claim has run out and every retry is due."""
        relay = self._relay(MESSAGES, self._put)
        for _ in range(3):  # the handler's own failure, the fault's, and then it works
            self._pass(3600)
            relay.work()
            self._hear()
            self._retry()
            if self.outcome() == ALL_IS_WELL:
                return

    def _hear(self) -> None:
        """Take what lies on the queue; only what was received without an error is acked."""
        handler = Handler("tests.hear.v1", (ThingHappened.type,), one_by_one(self._effect))
        inbox = Inbox(self.hearer, [handler], RETRY)
        while together := self.queue[: self._together]:
            inbox.receive(handler, together)
            self._step()
            del self.queue[: len(together)]

    def _put(self, envelopes: list[Envelope]) -> None:
        self._step()
        self.queue.extend(envelopes)

    def _retry(self) -> None:
        handler = Handler("tests.hear.v1", (ThingHappened.type,), one_by_one(self._effect))
        inbox = Inbox(self.hearer, [handler], RETRY)
        while inbox.work() == self.clock.now():
            pass

    def _effect(self, session: Session, message: Message, envelope: Envelope) -> None:
        session.add(Note(message_id=envelope.id))
        session.flush()
        if self._fails:
            self._fails -= 1
            raise ValueError("a handler that fails")

    # ---- what it is made of ---------------------------------------------------------------------------------------

    def _database(self, file: Path) -> Database:
        from tests.kit.conftest import with_tables

        database = a_database(with_tables(f"sqlite:///{file}"), self.clock)
        event.listen(database.engine, "begin", lambda _: self._step(), insert=True)
        event.listen(database.engine, "before_cursor_execute", self._statement)
        database.engine.dialect.do_commit = self._commit  # type: ignore[method-assign]
        return database

    def _statement(self, _connection: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith("BEGIN"):
            self._step()

    def _commit(self, connection: Any) -> None:
        self._step()
        connection.commit()

    def _step(self) -> None:
        self.steps += 1
        if self._fault and self.steps == self._fault[0]:
            if self._fault[1] == "kill":
                raise Killed
            raise OperationalError("any statement", {}, Exception("the disk is full"))

    def _relay(self, batch: int, publish: Callable[[list[Envelope]], None]) -> Relay:
        publisher = _Publisher(publish)
        return Relay(self.speaker, publisher, clock=self.clock, source="/tests", batch=batch, lease=LEASE, retry=RETRY)

    def _pass(self, seconds: float) -> None:
        self.clock.advance(timedelta(seconds=seconds))

    # ---- what came of it ------------------------------------------------------------------------------------------

    def outcome(self) -> dict[str, Any]:
        with self.speaker.transaction(writes=False) as session:
            said = set(session.scalars(select(OutboxRow.id)))
            unsent = session.scalar(select(func.count()).where(OutboxRow.sent_at.is_(None)))
        with self.hearer.transaction(writes=False) as session:
            effects = list(session.scalars(select(Note.message_id)))
            states = set(session.scalars(select(InboxRow.state)))
        return {
            "lost": len(said - set(effects)),
            "twice": len(effects) - len(set(effects)),
            "unsent": unsent,
            "not done": states - {State.DONE},
            "on the queue": len(self.queue),
        }

    def close(self) -> None:
        for database in (self.speaker, self.hearer):
            database.close()


@dataclass(frozen=True)
class _Publisher:
    publish: Callable[[list[Envelope]], None]

    def close(self) -> None:
        """There is nothing to let go of."""


def schedules(world: World, overlap: Overlap, batch: int, handler_fails: int, fault: Fault) -> Iterator[Schedule]:
    """Every schedule of this kind: the fault at each step that is ever reached."""
    at = 0
    while at == 0 or world.reached >= at:  # the schedule before has reached its fault
        at += 1
        yield Schedule(overlap, batch, handler_fails, fault, at)
