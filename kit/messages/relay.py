"""Relay: publishes the unsent rows of the outbox and marks them sent once the broker has confirmed them."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime, timedelta

from opentelemetry.trace import SpanKind
from sqlalchemy import or_, select, update

from kit.broker.bus import Publisher, Unavailable
from kit.clock import Clock
from kit.data.db import Database
from kit.messages.outbox import OutboxRow
from kit.telemetry import metrics, tracing
from kit.wire.envelope import Envelope, attributes_of


class Relay:
    """One batch a call. Rows are claimed for a while rather than locked, so that no transaction waits for the broker.

    A relay that dies leaves its claim to run out; what it had published already is published again, and the inboxes
    of the subscribers know it.
    """

    def __init__(
        self, database: Database, publisher: Publisher, *, clock: Clock, source: str, batch: int, lease: float
    ) -> None:
        self._database = database
        self._clock = clock
        self._publisher = publisher
        self._source = source
        self._batch = batch
        self._lease = timedelta(seconds=lease)

    def work(self) -> datetime | None:
        """Send one batch; after a full one there may be more at once, otherwise the next commit says so."""
        rows, claimed_at = self._claim()
        if not rows:
            return None
        ids = [row.id for row in rows]
        try:
            self._publish([row.envelope(self._source) for row in rows])
        except Unavailable:
            self._update(ids, claimed_until=None)
            raise
        self._update(ids, claimed_until=None, sent_at=self._clock.now())
        return claimed_at if len(rows) == self._batch else None

    def _publish(self, envelopes: Sequence[Envelope]) -> None:
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

    def _claim(self) -> tuple[list[OutboxRow], datetime]:
        with self._database.transaction() as session:
            batch = (
                select(OutboxRow.id)
                .where(OutboxRow.sent_at.is_(None))
                .where(or_(OutboxRow.claimed_until.is_(None), OutboxRow.claimed_until < session.now))
                .order_by(OutboxRow.id)
                .limit(self._batch)
                .with_for_update(skip_locked=True)
                .cte("batch")
            )
            claimed = (
                update(OutboxRow)
                .where(OutboxRow.id.in_(select(batch.c.id)))
                .values(claimed_until=session.now + self._lease)
                .returning(OutboxRow)
                .execution_options(synchronize_session=False)
            )
            return sorted(session.scalars(claimed), key=lambda row: row.id), session.now

    def _update(self, ids: list[str], **values: datetime | None) -> None:
        with self._database.transaction() as session:
            session.execute(
                update(OutboxRow)
                .where(OutboxRow.id.in_(ids))
                .values(**values)
                .execution_options(synchronize_session=False)
            )

    def release_claims(self) -> None:
        """Let unsent rows go at once; only for a process that knows itself to be the only one (the embedded hub)."""
        with self._database.transaction() as session:
            session.execute(update(OutboxRow).where(OutboxRow.sent_at.is_(None)).values(claimed_until=None))
