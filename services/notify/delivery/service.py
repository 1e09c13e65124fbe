"""Delivery on the wire: each person's own contact, the record of what was sent, and the pump that sends it."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from opentelemetry.trace import SpanKind
from prometheus_client import Histogram

from contracts.notify import delivery_forms as forms
from kit.calls.hooks import RESTORED, hook
from kit.calls.rpc import command, query
from kit.calls.service import Service
from kit.data.db import Session
from kit.data.rendering import looked_at
from kit.rendering import Incident
from kit.rights.asking import require
from kit.rights.right import HUB_OFFICE, PUBLIC, SIGNED_IN
from kit.telemetry import tracing
from kit.work.due import next_due
from kit.work.pump import pump
from services.notify.delivery import commands, confirming, queries, schemas
from services.notify.delivery.counting import full_until
from services.notify.delivery.email import NotSent, compose, send
from services.notify.delivery.letters import Letter
from services.notify.delivery.model import CONFIRMATIONS, DELIVERIES, Confirmation, Delivery
from services.notify.delivery.schemas import contact_view, delivery_view
from services.notify.delivery.settings import MailLimits, Smtp
from services.notify.notices.model import ISSUED, NewNotice

DELIVERED = Histogram(
    "hub_delivery_duration_seconds",
    "Deliveries on their way out: sent, skipped (no longer wanted), deferred (tried again later) or parked",
    ["channel", "outcome"],
)


Take = Callable[[Session], tuple[Delivery | Confirmation, Letter | None] | None]
"""Claims what is due, with its letter if one is to be sent."""


class DeliveryService(Service):
    """E-mail. An address is its owner's: nobody else reads it, not even the hub office."""

    @query(forms.MyContact, right=SIGNED_IN)
    def my_contact(self, session: Session) -> dict[str, Any] | None:
        contact = queries.my_contact(session)
        return contact_view(contact) if contact else None

    @command(forms.UpdateContact, right=SIGNED_IN)
    def update_contact(self, session: Session, **contact: Any) -> dict[str, Any]:
        return contact_view(confirming.update_contact(session, self._limits, **contact))

    @command(forms.ConfirmContact, right=SIGNED_IN)
    def confirm_contact(self, session: Session, *, code: str) -> dict[str, Any]:
        return contact_view(confirming.confirm_contact(session, code=code))

    @command(forms.ResendConfirmation, right=SIGNED_IN)
    def resend_confirmation(self, session: Session) -> dict[str, Any]:
        return contact_view(confirming.resend_confirmation(session, self._limits))

    @command(forms.Unsubscribe, right=PUBLIC)
    def unsubscribe(self, session: Session, *, token: str) -> dict[str, Any]:
        """For the gateway: the link in an e-mail is the right."""
        confirming.unsubscribe(session, token=token)
        return {}

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
    def post(self, session: Session, notices: Sequence[NewNotice]) -> None:
        commands.post(session, notices)

    @pump(DELIVERIES)
    def deliver(self) -> datetime | None:
        """Send the e-mail that is due; returns when the next one is.

        No transaction is open while the mail server is spoken to. One window stays: a process that dies between the
        server's 250 and the commit of `sent` sends the letter again, under the same Message-ID.
        """
        smtp, link = self._smtp, self.runtime.settings.public_url
        return self._carry(Delivery, lambda session: commands.take(session, smtp, self._limits, link))

    @pump(CONFIRMATIONS)
    def send_code(self) -> datetime | None:
        """Send the code that is due, as `deliver` does."""
        smtp, link = self._smtp, self.runtime.settings.public_url
        return self._carry(Confirmation, lambda session: confirming.take_confirmation(session, smtp, link))

    def _carry(self, kind: type[Delivery | Confirmation], take: Take) -> datetime | None:
        with self.runtime.database.transaction() as session:
            if until := full_until(session, self._limits.an_hour):
                return until
            taken = take(session)
            if taken is None:
                return next_due(session, kind)
            now, (going, letter) = session.now, taken
        if letter:
            self._deliver(going, letter)
        return now

    def _deliver(self, going: Delivery | Confirmation, letter: Letter) -> None:
        """Send one letter and write down what became of it, as the last span of what led to it."""
        began, kind = time.perf_counter(), going.channel if isinstance(going, Delivery) else going.kind
        attributes = {"server.address": self._smtp.host, "network.protocol.name": "smtp"}
        with tracing.span(f"deliver {kind}", SpanKind.CLIENT, attributes, going.traceparent) as span:
            failure = self._send(letter)
            if failure:
                tracing.fail(span, "NotSent")
            with self.runtime.database.transaction() as session:
                outcome = commands.record_outcome(session, going, failure)
        DELIVERED.labels(kind, outcome).observe(time.perf_counter() - began)

    def _send(self, letter: Letter) -> NotSent | None:
        message = looked_at(letter, lambda each: compose(each, self._smtp.sender))
        if isinstance(message, Incident):
            return NotSent(f"cannot be written: {message}", for_good=True)
        try:
            send(message, self._smtp)
        except NotSent as failure:
            return failure
        return None

    @property
    def _smtp(self) -> Smtp:
        return self.runtime.settings.of(Smtp)

    @property
    def _limits(self) -> MailLimits:
        return self.runtime.settings.of(MailLimits)
