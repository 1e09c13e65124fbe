"""Things: a subject, a note and a message that mean nothing, for tests of the plumbing."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import Index, MetaData
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from contracts.base import Message
from kit.clock import MovableClock
from kit.context import Context
from kit.data.db import NAMING, TYPES, Database, Session
from kit.data.subjects import Subject
from kit.data.wakeups import Wakeups
from kit.ids import new_id
from kit.messages.outbox import record
from kit.settings import Keeping, LaneBounds, Retry
from kit.wire.envelope import Envelope
from kit.work.due import Due
from tests.clock import NOW, StandingClock
from tests.databases.ground import in_haste

RETRY = Retry(first=1, factor=3, longest=600, attempts=4)
KEEPING = Keeping(answers=86400, answers_each=3, answers_bytes=1000, jobs=30 * 86400, tidy_every=3600, tidy_batch=2)


def lanes(calls: int) -> LaneBounds:
    """So many calls at once, three of four of which may be commands."""
    return LaneBounds(calls=calls, share=0.75, waiting=100, waiting_bytes=2**20, together=20)


class ThingsTable(DeclarativeBase):
    """The base of the mapped classes of these tests."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = TYPES


class Thing(Subject, ThingsTable):
    """A subject: it has a name, a rank and a moment."""

    __tablename__ = "things"
    subject = "thing"
    __table_args__ = (Index("ix_things_rank", "rank", "id"),)

    name: Mapped[str]
    rank: Mapped[int] = mapped_column(default=0)
    moment: Mapped[datetime | None]


class Chore(Due, ThingsTable):
    """Something that falls due."""

    __tablename__ = "chores"

    id: Mapped[str] = mapped_column(primary_key=True)


class Note(ThingsTable):
    """What an effect leaves behind; the same effect twice would leave two."""

    __tablename__ = "notes"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    message_id: Mapped[str]


@dataclass(frozen=True, kw_only=True)
class ThingHappened(Message, type="tests.thing_happened"):
    """Something happened to a thing."""

    what: str = "nothing"


class FakePublisher:
    """Takes whatever it is given, unless `before` or `after` objects."""

    system = "tests"

    def __init__(self) -> None:
        self.published: list[Envelope] = []
        self.before: Callable[[], None] = lambda: None
        self.after: Callable[[], None] = lambda: None

    def publish(self, envelopes: Any) -> None:
        self.before()
        self.published.extend(envelopes)
        self.after()

    def close(self) -> None:
        """There is nothing to let go of."""

    @property
    def versions(self) -> list[int]:
        return [envelope.version for envelope in self.published]


def a_database(url: str, clock: MovableClock | None = None, wakeups: Wakeups | None = None, **how: Any) -> Database:
    """A database on tables that are there already; it gives up on a lock only when a test says so."""
    how = {"statement_timeout": 60, **how}
    database = Database(url, clock=clock or StandingClock(), wakeups=wakeups or Wakeups(), **how)
    in_haste(database.engine)
    return database


def a_thing(session: Session, **facts: Any) -> Thing:
    """A thing in the session, at version 0 and with nothing said about it."""
    given = {"id": new_id(), "created_at": session.now, "name": "thing", "rank": 0, "version": 0, **facts}
    thing = Thing(**given)
    session.add(thing)
    return thing


def a_thing_with_messages(database: Database, messages: int) -> str:
    """The id of a new thing about which so many messages were recorded, each in a transaction of its own."""
    with database.transaction() as session:
        thing_id = a_thing(session).id
    for number in range(messages):
        with database.transaction() as session:
            record(session, session.get_one(Thing, thing_id), ThingHappened(what=f"event {number + 1}"))
    return thing_id


def in_vain(database: Database, deed: Callable[[Session], object], context: Context | None = None) -> None:
    """Do something in a transaction that raises in the end; sees that it is raised to whoever began it."""

    def transact() -> None:
        with database.transaction(context) as session:
            deed(session)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        transact()


class Silence:
    """A log for failures that are meant."""

    def warning(self, *_: object, **__: object) -> None:
        """Said to nobody."""

    info = warning


def an_envelope(**facts: Any) -> Envelope:
    """An envelope with every fact open to change."""
    given = {
        "id": new_id(),
        "type": ThingHappened.type,
        "source": "/tests",
        "subject_type": "thing",
        "subject_id": new_id(),
        "version": 1,
        "time": NOW,
        "actor": "somebody",
        "correlation_id": "c-1",
        "data": {"what": "this"},
        **facts,
    }
    return Envelope(**given)


def eventually(holds: Callable[[], Any], seconds: float = 60) -> Any:
    """What `holds` gives once it is true; fails after so many seconds."""
    deadline = time.monotonic() + seconds
    while not (value := holds()):
        assert time.monotonic() < deadline, "it did not come to be in time"
        time.sleep(0.005)
    return value
