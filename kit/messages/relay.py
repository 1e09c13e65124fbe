"""Relay: publishes the unsent rows of the outbox and marks them sent once the broker has confirmed them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime, timedelta

from opentelemetry.trace import SpanKind
from sqlalchemy import update

from kit.broker.bus import NotTaken, Publisher, Unavailable
from kit.clock import Clock
from kit.data.db import MESSAGE_BYTES, Database
from kit.messages.outbox import OutboxRow
from kit.messages.outgoing import more, next_try, take
from kit.settings import Retry
from kit.telemetry import metrics, tracing
from kit.telemetry.logs import log
from kit.wire.envelope import Envelope, Unsendable, attributes_of, check_sendable
from kit.work.due import State, delay

Leaving = tuple[OutboxRow, Envelope]


class Relay:
    """One batch a call. Rows are claimed for a while rather than locked, so that no transaction waits for the broker.

    A relay that dies leaves its claim to run out; what it had published already is published again, and the inboxes
    of the subscribers know it. A row that nobody takes is tried again later and then parked, one that cannot be said is
    parked at once: behind both waits only what was said of the same subject.
    """

    def __init__(
        self,
        database: Database,
        publisher: Publisher,
        *,
        clock: Clock,
        source: str,
        batch: int,
        lease: float,
        retry: Retry,
        most_bytes: int = MESSAGE_BYTES,
    ) -> None:
        self._database = database
        self._clock = clock
        self._publisher = publisher
        self._source = source
        self._batch = batch
        self._lease = timedelta(seconds=lease)
        self._retry = retry
        self._most_bytes = most_bytes

    def work(self) -> datetime | None:
        """Send one batch; where there is more it is looked for at once, otherwise the next commit says so."""
        with self._database.transaction() as session:
            rows, now = take(session, self._batch, self._lease), session.now
            if not rows:
                return next_try(session)
            goes_on = more(session)
        try:
            all_left = self._send(rows)
        except Unavailable:
            self._update(rows, claimed_until=None)
            raise
        return now if goes_on or not all_left else None

    def _send(self, rows: list[OutboxRow]) -> bool:
        """Whether all of them left; raises Unavailable where the broker does not answer."""
        leaving = self._sayable(rows)
        try:
            self._publish([envelope for _, envelope in leaving])
        except NotTaken:
            leaving = self._send_one_by_one(leaving)
        else:
            self._sent([row for row, _ in leaving])
        left = {row.id for row, _ in leaving}
        self._update([row for row in rows if row.id not in left], claimed_until=None)
        return len(leaving) == len(rows)

    def _sayable(self, rows: list[OutboxRow]) -> list[Leaving]:
        """Those that can be said on a wire, but for what follows one that cannot; that one is parked."""
        leaving: list[Leaving] = []
        held: set[tuple[str, str]] = set()
        for row in rows:
            if row.about in held:
                continue
            envelope = row.envelope(self._source)
            try:
                check_sendable(envelope, self._most_bytes)
            except Unsendable as error:
                held.add(row.about)
                self._park(row, str(error))
            else:
                leaving.append((row, envelope))
        return leaving

    def _send_one_by_one(self, leaving: list[Leaving]) -> list[Leaving]:
        """Find out which of a batch is not taken; what follows it stays, all others leave. Returns those that left."""
        left: list[Leaving] = []
        held: set[tuple[str, str]] = set()
        for row, envelope in leaving:
            if row.about in held:
                continue
            try:
                self._publish([envelope])
            except NotTaken as error:
                held.add(row.about)
                self._fail(row, error)
            else:
                self._sent([row])
                left.append((row, envelope))
        return left

    def _publish(self, envelopes: Sequence[Envelope]) -> None:
        if not envelopes:
            return
        with ExitStack() as spans:
            self._publisher.publish([self._traced(envelope, spans) for envelope in envelopes])
        for envelope in envelopes:
            metrics.SENT.labels(envelope.type).inc()

    def _traced(self, envelope: Envelope, spans: ExitStack) -> Envelope:
        """The message as it leaves: whoever handles it finds this sending above them, and above it what recorded it."""
        if not envelope.traceparent:
            return envelope
        attributes = attributes_of(envelope, self._publisher.system, "send", f"hub.messages:{envelope.type}")
        sending = tracing.span(f"send {envelope.type}", SpanKind.PRODUCER, attributes, envelope.traceparent)
        return replace(envelope, traceparent=tracing.traceparent_of(spans.enter_context(sending)))

    def _sent(self, rows: list[OutboxRow]) -> None:
        self._update(rows, claimed_until=None, sent_at=self._clock.now(), due_at=None, error=None)

    def _park(self, row: OutboxRow, reason: str) -> None:
        log(__name__).error("a message cannot be sent", message_id=row.id, type=row.type, reason=reason)
        tries = row.attempts + 1
        self._update([row], claimed_until=None, attempts=tries, state=State.PARKED, due_at=None, error=reason)

    def _fail(self, row: OutboxRow, error: NotTaken) -> None:
        """Wait for the next try; after the last one, unless it may be taken some day, be parked."""
        tries = row.attempts + 1
        if tries >= self._retry.attempts and not error.later:
            self._park(row, str(error))
            return
        log(__name__).warning("a message was not taken", message_id=row.id, type=row.type, reason=str(error))
        due_at = self._clock.now() + delay(tries, self._retry)
        self._update([row], claimed_until=None, attempts=tries, due_at=due_at, error=str(error))

    def _update(self, rows: Iterable[OutboxRow], **values: datetime | str | int | None) -> None:
        """What has been sent meanwhile, by another relay after the lease, stays so."""
        ids = [row.id for row in rows]
        if not ids:
            return
        with self._database.transaction() as session:
            session.execute(
                update(OutboxRow)
                .where(OutboxRow.id.in_(ids), OutboxRow.sent_at.is_(None))
                .values(**values)
                .execution_options(synchronize_session=False)
            )

    def release_claims(self) -> None:
        """Let unsent rows go at once; only for a process that knows itself to be the only one (the embedded hub)."""
        with self._database.transaction() as session:
            session.execute(update(OutboxRow).where(OutboxRow.sent_at.is_(None)).values(claimed_until=None))
