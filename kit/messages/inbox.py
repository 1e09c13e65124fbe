"""Inbox: every message takes effect once in each handler; what fails is tried again out of this table, then parked."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from opentelemetry.trace import SpanKind
from sqlalchemy import Index, Uuid, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from contracts.base import Message
from kit.clock import age
from kit.context import Context
from kit.data.db import Database, KitTable, Session, only_where
from kit.settings import Retry
from kit.telemetry import metrics, tracing
from kit.telemetry.logs import during, log
from kit.viewer import Viewer
from kit.wire.envelope import Envelope, attributes_of
from kit.work.due import Due, State, claim, next_due

RETRIES = "retries"
DONE, REPEATED, FAILED = "done", "repeated", "failed"

Effect = Callable[[Session, Message, Envelope], None]
"""What a handler does with a message, inside the transaction that also remembers that it was done."""


class InboxRow(Due, KitTable):
    """One message in one handler; its content is kept only while it is waiting or parked."""

    __tablename__ = "inbox"
    kind = "message"
    pump = RETRIES
    __table_args__ = (
        Index("ix_inbox_waiting", "due_at", **only_where("state = 'waiting'")),
        Index("ix_inbox_parked", "handler", **only_where("state = 'parked'")),
    )

    message_id: Mapped[str] = mapped_column(Uuid(as_uuid=False), primary_key=True)
    handler: Mapped[str] = mapped_column(primary_key=True)
    received_at: Mapped[datetime]
    type: Mapped[str]
    source: Mapped[str]
    subject_type: Mapped[str]
    subject_id: Mapped[str]
    version: Mapped[int]
    time: Mapped[datetime]
    actor: Mapped[str]
    correlation_id: Mapped[str]
    data: Mapped[dict[str, Any] | None]
    traceparent: Mapped[str | None]

    def discard(self, now: datetime) -> None:
        """The row stays, so that the message cannot come again."""
        self.finish()
        self.data = None

    def envelope(self) -> Envelope:
        return Envelope(
            id=self.message_id,
            type=self.type,
            source=self.source,
            subject_type=self.subject_type,
            subject_id=self.subject_id,
            version=self.version,
            time=self.time,
            actor=self.actor,
            correlation_id=self.correlation_id,
            data=self.data or {},
            traceparent=self.traceparent,
        )


@dataclass(frozen=True)
class Handler:
    """One subscriber: `name` is also its queue's name, `types` are the messages it hears."""

    name: str
    types: tuple[str, ...]
    effect: Effect


@dataclass
class _Handling:
    """How one try of a handler ended."""

    outcome: str = FAILED


class Inbox:
    """The inbox of one service."""

    def __init__(self, database: Database, handlers: list[Handler], retry: Retry, system: str = "hub") -> None:
        self._database = database
        self._handlers = {handler.name: handler for handler in handlers}
        self._retry = retry
        self._system = system

    def receive(self, handler: Handler, envelope: Envelope) -> None:
        """Let the message take effect, or write down that it must be tried again: either way it may be acked then.

        Raises (OperationalError, DatabaseBusy) only where nothing could be written down: then it must not be acked.
        """
        with during(correlation_id=envelope.correlation_id):
            try:
                with self._handling(handler.name, envelope) as handling:
                    handling.outcome = self._take_effect(handler, envelope)
            except Exception as error:  # noqa: BLE001 - an edge: any fault of a handler becomes a row to be tried again
                log(__name__).warning("a handler failed", handler=handler.name, message_id=envelope.id, exc_info=error)
                self._postpone(handler, envelope, error)

    def _take_effect(self, handler: Handler, envelope: Envelope, *, replayed: bool = False) -> str:
        with self._database.transaction(replace(_context(envelope), replayed=replayed)) as session:
            if not self._is_new(session, handler, envelope, State.DONE):
                return REPEATED
            handler.effect(session, envelope.message(), envelope)
        return DONE

    @contextmanager
    def _handling(self, name: str, envelope: Envelope) -> Iterator[_Handling]:
        """One try of a handler, timed, counted, and traced below the sending of its message."""
        began, handling = time.perf_counter(), _Handling()
        attributes = attributes_of(envelope, self._system, "process", name)
        try:
            with tracing.span(f"process {name}", SpanKind.CONSUMER, attributes, envelope.traceparent):
                yield handling
        finally:
            metrics.HANDLED.labels(name, handling.outcome).observe(time.perf_counter() - began)
            if handling.outcome == DONE:
                metrics.LAG.labels(name).observe(age(envelope.time, self._database.now()) or 0)

    def _postpone(self, handler: Handler, envelope: Envelope, error: Exception) -> None:
        with self._database.transaction(_context(envelope)) as session:
            if not self._is_new(session, handler, envelope, State.WAITING):
                return
            row = session.get_one(InboxRow, (envelope.id, handler.name))
            row.data, row.attempts = envelope.data, 1
            row.fail(_describe(error), self._retry, session.now)
            session.wake(RETRIES)

    def _is_new(self, session: Session, handler: Handler, envelope: Envelope, state: State) -> bool:
        insert = sqlite.insert if self._database.is_sqlite else postgresql.insert
        row = insert(InboxRow).values(
            message_id=envelope.id,
            handler=handler.name,
            received_at=session.now,
            type=envelope.type,
            source=envelope.source,
            subject_type=envelope.subject_type,
            subject_id=envelope.subject_id,
            version=envelope.version,
            time=envelope.time,
            actor=envelope.actor,
            correlation_id=envelope.correlation_id,
            traceparent=envelope.traceparent,
            state=state,
            attempts=0,
        )
        return session.execute(row.on_conflict_do_nothing().returning(InboxRow.handler)).first() is not None

    def replay(self, handler: Handler, envelope: Envelope, *, heard: bool) -> bool:
        """Let a message take effect which this database does not know; returns whether it did not.

        `heard` is whether it had taken effect once, before the database was restored.

        Raises what the handler raises: nothing is written down then.
        """
        return self._take_effect(handler, envelope, replayed=heard) == DONE

    def work(self) -> datetime | None:
        """Try one waiting message again; returns when the next one is due."""
        with self._database.transaction() as session:
            row = claim(session, InboxRow, self._retry)
            if row is None:
                return next_due(session, InboxRow)
            now, key, envelope = session.now, (row.message_id, row.handler), row.envelope()
        self._retry_one(key, envelope)
        return now

    def _retry_one(self, key: tuple[str, str], envelope: Envelope) -> None:
        try:
            with during(correlation_id=envelope.correlation_id), self._handling(key[1], envelope) as handling:
                with self._database.transaction(_context(envelope)) as session:
                    row = session.get_one(InboxRow, key, with_for_update=True)
                    waits = row.state == State.WAITING
                    if waits:
                        self._handlers[row.handler].effect(session, envelope.message(), envelope)
                        row.discard(session.now)
                handling.outcome = DONE if waits else REPEATED
        except Exception as error:  # noqa: BLE001 - an edge, as in `receive`
            with self._database.transaction() as session:
                row = session.get_one(InboxRow, key, with_for_update=True)
                if row.state == State.WAITING:  # another replica may have done it meanwhile
                    row.fail(_describe(error), self._retry, session.now)


def oldest_unhandled(session: Session) -> datetime | None:
    """When the oldest message that still waits to be handled had come in."""
    return session.scalar(select(func.min(InboxRow.received_at)).where(InboxRow.state == State.WAITING))


def _context(envelope: Envelope) -> Context:
    return Context(viewer=Viewer(envelope.actor), correlation_id=envelope.correlation_id)


def _describe(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:2000]
