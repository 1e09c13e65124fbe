"""Relay: publishes the unsent rows of the outbox and marks them sent once the broker has confirmed them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime, timedelta

from opentelemetry.trace import SpanKind
from sqlalchemy import Update, bindparam, update

from kit.broker.bus import NotTaken, Publisher, Unavailable
from kit.clock import Clock
from kit.data.db import MESSAGE_BYTES, Database
from kit.messages.outbox import OUTBOX
from kit.messages.outgoing import Outgoing, more, next_try, take
from kit.settings import Retry
from kit.telemetry import metrics, tracing
from kit.telemetry.logs import log
from kit.wire.envelope import Envelope, Unsendable, attributes_of, check_sendable
from kit.work.due import State, delay

_CHANGE = update(OUTBOX).where(OUTBOX.c.id.in_(bindparam("ids", expanding=True)), OUTBOX.c.sent_at.is_(None))
_SENT = _CHANGE.values(claimed_until=None, sent_at=bindparam("at"), due_at=None, error=None)
_LET_GO = _CHANGE.values(claimed_until=None)


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
        with self._database.statements() as session:
            taken, now = take(session, self._source, self._batch, self._lease), session.now
            if not taken:
                return next_try(session)
            goes_on = more(session)
        try:
            all_left = self._send(taken)
        except Unavailable:
            self._change(_LET_GO, taken)
            raise
        return now if goes_on or not all_left else None

    def _send(self, taken: list[Outgoing]) -> bool:
        """Whether all of them left; raises Unavailable where the broker does not answer."""
        leaving = self._sayable(taken)
        try:
            self._publish(leaving)
        except NotTaken:
            leaving = self._send_one_by_one(leaving)
        else:
            self._sent(leaving)
        left = {each.id for each in leaving}
        self._change(_LET_GO, [each for each in taken if each.id not in left])
        return len(leaving) == len(taken)

    def _sayable(self, taken: list[Outgoing]) -> list[Outgoing]:
        """Those that can be said on a wire, but for what follows one that cannot; that one is parked."""
        leaving: list[Outgoing] = []
        held: set[tuple[str, str]] = set()
        for each in taken:
            if each.about in held:
                continue
            try:
                check_sendable(each.envelope, self._most_bytes)
            except Unsendable as error:
                held.add(each.about)
                self._park(each, str(error))
            else:
                leaving.append(each)
        return leaving

    def _send_one_by_one(self, leaving: list[Outgoing]) -> list[Outgoing]:
        """Find out which of a batch is not taken; what follows it stays, all others leave. Returns those that left."""
        left: list[Outgoing] = []
        held: set[tuple[str, str]] = set()
        for each in leaving:
            if each.about in held:
                continue
            try:
                self._publish([each])
            except NotTaken as error:
                held.add(each.about)
                self._fail(each, error)
            else:
                self._sent([each])
                left.append(each)
        return left

    def _publish(self, leaving: Sequence[Outgoing]) -> None:
        if not leaving:
            return
        with ExitStack() as spans:
            self._publisher.publish([self._traced(each.envelope, spans) for each in leaving])
        for each in leaving:
            metrics.SENT.labels(each.envelope.type).inc()

    def _traced(self, envelope: Envelope, spans: ExitStack) -> Envelope:
        """The message as it leaves: whoever handles it finds this sending above them, and above it what recorded it."""
        if not envelope.traceparent:
            return envelope
        attributes = attributes_of(envelope, self._publisher.system, "send", f"hub.messages:{envelope.type}")
        sending = tracing.span(f"send {envelope.type}", SpanKind.PRODUCER, attributes, envelope.traceparent)
        return replace(envelope, traceparent=tracing.traceparent_of(spans.enter_context(sending)))

    def _sent(self, left: Collection[Outgoing]) -> None:
        self._change(_SENT, left, at=self._clock.now())

    def _park(self, one: Outgoing, reason: str) -> None:
        log(__name__).error("a message cannot be sent", message_id=one.id, type=one.envelope.type, reason=reason)
        tries = one.attempts + 1
        parked = {"state": State.PARKED, "due_at": None, "error": reason, "parked_at": self._clock.now()}
        self._update(one, attempts=tries, **parked)

    def _fail(self, one: Outgoing, error: NotTaken) -> None:
        """Wait for the next try; after the last one, unless it may be taken some day, be parked."""
        tries = one.attempts + 1
        if tries >= self._retry.attempts and not error.later:
            self._park(one, str(error))
            return
        log(__name__).warning("a message was not taken", message_id=one.id, type=one.envelope.type, reason=str(error))
        self._update(one, attempts=tries, due_at=self._clock.now() + delay(tries, self._retry), error=str(error))

    def _update(self, one: Outgoing, **values: datetime | str | int | None) -> None:
        self._change(_CHANGE.values(claimed_until=None, **values), [one])

    def _change(self, how: Update, which: Collection[Outgoing], **given: datetime) -> None:
        """What has been sent meanwhile, by another relay after the lease, stays so."""
        if which:
            with self._database.statements() as session:
                session.connection().execute(how, {"ids": [each.id for each in which], **given})

    def release_claims(self) -> None:
        """Let unsent rows go at once; only for a process that knows itself to be the only one (the embedded hub)."""
        with self._database.transaction() as session:
            session.execute(update(OUTBOX).where(OUTBOX.c.sent_at.is_(None)).values(claimed_until=None))
