"""Inbox: every message takes effect once in each handler; what fails is tried again out of this table, then parked."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from opentelemetry.trace import INVALID_SPAN, Span, SpanKind
from sqlalchemy import Index, Uuid, func, select
from sqlalchemy.orm import Mapped, mapped_column

from contracts.base import Message
from kit.clock import age
from kit.context import Context
from kit.data.db import AWAY, Database, KitTable, Session, only_where
from kit.data.many import Row, insert_new
from kit.messages.handlers import Handler, Received, context_of
from kit.settings import Retry
from kit.telemetry import metrics, tracing
from kit.telemetry.logs import during, log
from kit.wire.envelope import Envelope, attributes_of
from kit.work.due import Due, State, claim, is_due, look, next_due

RETRIES = "retries"
DONE, REPEATED, FAILED = "done", "repeated", "failed"


class InboxRow(Due, KitTable):
    """One message in one handler; its content is kept only while it is waiting or parked."""

    __tablename__ = "inbox"
    kind = "message"
    pump = RETRIES
    __table_args__ = (
        Index("ix_inbox_waiting", "due_at", **only_where("state = 'waiting'")),
        Index("ix_inbox_parked", "handler", **only_where("state = 'parked'")),
        Index("ix_inbox_parked_id", "message_id", "handler", **only_where("state = 'parked'")),
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


@dataclass
class _Handling:
    """One try of a handler: the span of each message, and those that took effect once it has ended well."""

    spans: dict[str, Span] = field(default_factory=dict)
    done: Sequence[Envelope] | None = None

    def received(self, envelope: Envelope) -> Received[Message]:
        """Raises KeyError or marshmallow.ValidationError where its class cannot read the message."""
        return Received(envelope.message(), envelope, self.spans[envelope.id])


class Inbox:
    """The inbox of one service."""

    def __init__(self, database: Database, handlers: list[Handler], retry: Retry, system: str = "hub") -> None:
        self._database = database
        self._handlers = {handler.name: handler for handler in handlers}
        self._retry = retry
        self._system = system

    def receive(self, handler: Handler, envelopes: Sequence[Envelope]) -> None:
        """Let messages take effect, each once, in this order and in one transaction; all of them may be acked then.

        Where one fails nothing of this try stays, and parts of them are tried, until what fails is alone: it is written
        down and will be tried again. Raises one of AWAY only where nothing could be written down: then nothing is acked.
        """
        try:
            self._take_effect(handler, envelopes)
        except Exception as error:  # noqa: BLE001 - an edge: any fault of a handler becomes a row to be tried again
            if len(envelopes) == 1:
                self._postpone(handler, envelopes[0], error)
                return
            for part in _parts(envelopes, error):
                self.receive(handler, part)

    def _take_effect(self, handler: Handler, envelopes: Sequence[Envelope], *, replayed: bool = False) -> bool:
        """Whether any of them did now."""
        with self._handling(handler.name, envelopes) as handling:
            with self._database.transaction(Context(replayed=replayed)) as session:
                new = self._new(session, handler, envelopes, State.DONE)
                if new:
                    handler.effect(session, [handling.received(envelope) for envelope in new])
            handling.done = new
        return bool(new)

    @contextmanager
    def _handling(self, name: str, envelopes: Sequence[Envelope]) -> Iterator[_Handling]:
        """One try of a handler, timed, counted, and traced below the sending of each message.

        What is done for all of them together, as the commit, is part of the last one's trace.
        """
        began, handling = time.perf_counter(), _Handling()
        try:
            with ExitStack() as spans:
                for envelope in envelopes:
                    handling.spans[envelope.id] = spans.enter_context(self._span(name, envelope))
                yield handling
        finally:
            self._count(name, envelopes, handling.done, time.perf_counter() - began)

    def _span(self, name: str, envelope: Envelope) -> AbstractContextManager[Span]:
        if not envelope.traceparent:
            return nullcontext(INVALID_SPAN)
        attributes = attributes_of(envelope, self._system, "process", name)
        return tracing.span(f"process {name}", SpanKind.CONSUMER, attributes, envelope.traceparent)

    def _count(self, name: str, tried: Sequence[Envelope], done: Sequence[Envelope] | None, seconds: float) -> None:
        """Each message of a try that ended well; of one that failed the message that was alone, for others are innocent."""
        if done is None:
            outcomes = [FAILED] if len(tried) == 1 else []
        else:
            outcomes = [DONE] * len(done) + [REPEATED] * (len(tried) - len(done))
        for outcome in outcomes:
            metrics.HANDLED.labels(name, outcome).observe(seconds)
        for envelope in done or ():
            metrics.LAG.labels(name).observe(age(envelope.time, self._database.now()) or 0)

    def _postpone(self, handler: Handler, envelope: Envelope, error: Exception) -> None:
        context = context_of(envelope)
        with during(correlation_id=context.correlation_id), self._database.transaction(context) as session:
            log(__name__).warning("a handler failed", handler=handler.name, message_id=envelope.id, exc_info=error)
            if not self._new(session, handler, [envelope], State.WAITING):
                return
            row = session.get_one(InboxRow, (envelope.id, handler.name))
            row.data, row.attempts = envelope.data, 1
            row.fail(_describe(error), self._retry, session.now)
            session.wake(RETRIES)

    def _new(self, session: Session, handler: Handler, envelopes: Iterable[Envelope], state: State) -> list[Envelope]:
        """Those that had not come here before, each once, in their order; now they have.

        They are written in the order of their ids, so that no two replicas wait for one another.
        """
        unlike = {envelope.id: envelope for envelope in envelopes}
        rows = [_row(unlike[id_], handler.name, state, session.now) for id_ in sorted(unlike)]
        new = insert_new(session, InboxRow, rows, "message_id")
        return [envelope for id_, envelope in unlike.items() if id_ in new]

    def replay(self, handler: Handler, envelope: Envelope, *, heard: bool) -> bool:
        """Let a message take effect which this database does not know; returns whether it did not.

        `heard` is whether it had taken effect once, before the database was restored.

        Raises what the handler raises: nothing is written down then.
        """
        return self._take_effect(handler, [envelope], replayed=heard)

    def work(self) -> datetime | None:
        """Try one waiting message again; returns when the next one is due."""
        if not is_due(due_at := look(self._database, InboxRow), self._database.now()):
            return due_at
        with self._database.transaction() as session:
            row = claim(session, InboxRow, self._retry)
            if row is None:
                return next_due(session, InboxRow)
            now, key, envelope = session.now, (row.message_id, row.handler), row.envelope()
        self._retry_one(key, envelope)
        return now

    def _retry_one(self, key: tuple[str, str], envelope: Envelope) -> None:
        try:
            with self._handling(key[1], [envelope]) as handling:
                with self._database.transaction() as session:
                    row = session.get_one(InboxRow, key, with_for_update=True)
                    waits = row.state == State.WAITING
                    if waits:
                        self._handlers[row.handler].effect(session, [handling.received(envelope)])
                        row.discard(session.now)
                handling.done = [envelope] if waits else []
        except Exception as error:  # noqa: BLE001 - an edge, as in `receive`
            with self._database.transaction() as session:
                row = session.get_one(InboxRow, key, with_for_update=True)
                if row.state == State.WAITING:  # another replica may have done it meanwhile
                    row.fail(_describe(error), self._retry, session.now)


def oldest_unhandled(session: Session) -> datetime | None:
    """When the oldest message that still waits to be handled had come in."""
    return session.scalar(select(func.min(InboxRow.received_at)).where(InboxRow.state == State.WAITING))


def _parts(envelopes: Sequence[Envelope], error: Exception) -> list[Sequence[Envelope]]:
    """The halves; where the database may be away each by itself, so that the first one finds out."""
    size = 1 if isinstance(error, AWAY) else (len(envelopes) + 1) // 2
    return [envelopes[start : start + size] for start in range(0, len(envelopes), size)]


def _row(envelope: Envelope, handler: str, state: State, now: datetime) -> Row:
    return {
        "message_id": envelope.id,
        "handler": handler,
        "received_at": now,
        "type": envelope.type,
        "source": envelope.source,
        "subject_type": envelope.subject_type,
        "subject_id": envelope.subject_id,
        "version": envelope.version,
        "time": envelope.time,
        "actor": envelope.actor,
        "correlation_id": envelope.correlation_id,
        "traceparent": envelope.traceparent,
        "state": state,
        "attempts": 0,
    }


def _describe(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:2000]
