"""Delivery on the wire: each person's own contact, the record of what was sent, and the pump that sends it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from opentelemetry.trace import SpanKind
from prometheus_client import Histogram

from contracts.notify import delivery_forms as forms
from kit.calls.hooks import RESTORED, hook
from kit.calls.rpc import command, query
from kit.calls.service import Service
from kit.data.db import Session
from kit.data.rendering import Incident, looked_at
from kit.rights.asking import require
from kit.rights.right import HUB_OFFICE, SIGNED_IN
from kit.telemetry import tracing
from kit.work.due import next_due
from kit.work.pump import pump
from services.notify.delivery import commands, queries, schemas
from services.notify.delivery.email import Letter, NotSent, compose, send
from services.notify.delivery.model import DELIVERIES, Delivery
from services.notify.delivery.schemas import contact_view, delivery_view
from services.notify.delivery.settings import Smtp
from services.notify.notices.model import ISSUED, Notice

DELIVERED = Histogram(
    "hub_delivery_duration_seconds",
    "Deliveries on their way out: sent, skipped (no longer wanted), deferred (tried again later) or parked",
    ["channel", "outcome"],
)


class DeliveryService(Service):
    """E-mail. An address is its owner's: nobody else reads it, not even the hub office."""

    @query(forms.MyContact, right=SIGNED_IN)
    def my_contact(self, session: Session) -> dict[str, Any] | None:
        contact = queries.my_contact(session)
        return contact_view(contact) if contact else None

    @command(forms.UpdateContact, right=SIGNED_IN)
    def update_contact(self, session: Session, **contact: Any) -> dict[str, Any]:
        return contact_view(commands.update_contact(session, **contact))

    @command(forms.EraseContact, right=SIGNED_IN)
    def erase_contact(self, session: Session) -> dict[str, Any]:
        commands.erase_contact(session)
        return {}

    @query(schemas.Deliveries, right=HUB_OFFICE)
    def deliveries(self, session: Session, **which: Any) -> dict[str, Any]:
        require(session, HUB_OFFICE)
        return queries.deliveries(session, **which).view(delivery_view)

    @hook(RESTORED)
    def hold_deliveries(self, session: Session, until: datetime) -> None:
        commands.hold_back(session, until)

    @hook(ISSUED)
    def post(self, session: Session, notices: Sequence[Notice]) -> None:
        commands.post(session, notices)

    @pump(DELIVERIES)
    def deliver(self) -> datetime | None:
        """Send the e-mail that is due; returns when the next one is.

        No transaction is open while the mail server is spoken to. One window stays: a process that dies between the
        server's 250 and the commit of `sent` sends the letter again, under the same Message-ID.
        """
        database, settings = self.runtime.database, self.runtime.settings
        with database.transaction() as session:
            taken = commands.take(session, settings.of(Smtp), settings.public_url)
            if taken is None:
                return next_due(session, Delivery)
            now, (delivery, letter) = session.now, taken
        if letter:
            self._deliver(delivery, letter)
        return now

    def _deliver(self, delivery: Delivery, letter: Letter) -> None:
        """Send one letter and write down what became of it, as the last span of what led to it."""
        began = time.perf_counter()
        attributes = {"server.address": self.runtime.settings.of(Smtp).host, "network.protocol.name": "smtp"}
        with tracing.span(f"deliver {delivery.channel}", SpanKind.CLIENT, attributes, delivery.traceparent) as span:
            failure = self._send(letter)
            if failure:
                tracing.fail(span, "NotSent")
            with self.runtime.database.transaction() as session:
                outcome = commands.record_outcome(session, delivery.id, failure)
        DELIVERED.labels(delivery.channel, outcome).observe(time.perf_counter() - began)

    def _send(self, letter: Letter) -> NotSent | None:
        smtp = self.runtime.settings.of(Smtp)
        message = looked_at(letter, lambda each: compose(each, smtp.sender))
        if isinstance(message, Incident):
            return NotSent(f"cannot be written: {message}", for_good=True)
        try:
            send(message, smtp)
        except NotSent as failure:
            return failure
        return None
