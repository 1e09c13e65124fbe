"""Delivery on the wire: each person's own contact, the record of what was sent, and the pump that sends it."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from opentelemetry.trace import SpanKind
from prometheus_client import Histogram

from contracts.alliances.people.persons import PersonErased
from contracts.forms import ByIds
from contracts.notify import delivery_forms as forms
from kit.calls.hooks import RESTORED, hook
from kit.calls.rpc import command, query
from kit.calls.service import Service
from kit.data.db import Session
from kit.data.rendering import looked_at, rendered
from kit.messages.handlers import Received
from kit.messages.on_message import on_messages
from kit.rendering import Incident
from kit.rights.asking import holds, require
from kit.rights.right import HUB_OFFICE, PUBLIC, SIGNED_IN
from kit.telemetry import tracing
from kit.work.due import next_due
from kit.work.pump import pump
from services.notify.delivery import commands, confirming, queries
from services.notify.delivery.connection import Connection, NotSent
from services.notify.delivery.counting import count_sendings, hour_of, sent_since
from services.notify.delivery.email import compose
from services.notify.delivery.letters import Letter
from services.notify.delivery.model import CONFIRMATIONS, DELIVERIES, Channel, Confirmation, Delivery
from services.notify.delivery.schemas import contact_view, delivery_view
from services.notify.delivery.settings import MailLimits, Smtp
from services.notify.delivery.taking import AT_A_TIME, Going, take
from services.notify.notices.model import ISSUED, NewNotice

DELIVERED = Histogram(
    "hub_delivery_duration_seconds",
    "Deliveries on their way out: sent, skipped (no longer wanted), deferred (tried again later) or parked",
    ["channel", "outcome"],
)


Take = Callable[[Session, int], list[Going] | None]
"""Claims what is due, as far as there is room for it; see `taking.take`."""


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
        commands.erase_contact(session, session.viewer.id)
        return {}

    @on_messages(PersonErased)
    def forget_addresses(self, session: Session, received: Sequence[Received[PersonErased]]) -> None:
        """Who is erased is written to no more."""
        for account in sorted({account for one in received for account in one.message.accounts}):
            commands.erase_contact(session, account)

    @query(forms.Deliveries, right=HUB_OFFICE)
    def deliveries(self, session: Session, **which: Any) -> dict[str, Any]:
        require(session, HUB_OFFICE)
        return queries.deliveries(session, **which).view(delivery_view)

    @query(ByIds, shows=HUB_OFFICE)
    def deliveries_by_id(self, session: Session, *, ids: list[str]) -> list[dict[str, Any]]:
        return rendered(queries.deliveries_by_id(session, ids), delivery_view) if holds(session, HUB_OFFICE) else []

    @command(forms.ResendDelivery, right=HUB_OFFICE)
    def resend_delivery(self, session: Session, *, delivery_id: str, reason: str | None = None) -> dict[str, Any]:
        require(session, HUB_OFFICE)
        return delivery_view(commands.resend(session, delivery_id, reason or ""))

    @hook(RESTORED)
    def hold_deliveries(self, session: Session, until: datetime) -> None:
        commands.hold_back(session, until, Delivery, Confirmation)

    @hook(ISSUED)
    def post(self, session: Session, notices: Sequence[NewNotice]) -> None:
        commands.post(session, notices)

    @pump(DELIVERIES)
    def deliver(self) -> datetime | None:
        """Send the e-mails that are due, a batch; returns when the next ones are.

        No transaction is open while the mail server is spoken to. One window stays: a process that dies between the
        server's 250 and the commit of `sent` sends the letters of that batch again, under the same Message-IDs.
        """
        smtp, link = self._smtp, self.runtime.settings.public_url
        return self._carry(Delivery, lambda session, room: take(session, smtp, self._limits, link, room))

    @pump(CONFIRMATIONS)
    def send_code(self) -> datetime | None:
        """Send the code that is due, as `deliver` does."""
        smtp, link = self._smtp, self.runtime.settings.public_url
        return self._carry(Confirmation, lambda session, _room: confirming.take_confirmation(session, smtp, link))

    def _carry(self, kind: commands.Kind, take: Take) -> datetime | None:
        with self.runtime.database.transaction() as session:
            now, hour = session.now, hour_of(session.now)
            before = sent_since(session, hour)
            if before >= self._limits.an_hour:
                return hour + timedelta(hours=1)
            going = take(session, self._limits.an_hour - before)
            if going:
                count_sendings(session, len(going), before=before)
            again = next_due(session, kind) if going is None else now
        if going:
            self._send_all(kind, going)
        if going is None or self.runtime.stopping.is_set():
            self._connections[kind].end()
        return again

    def _send_all(self, kind: commands.Kind, going: Sequence[Going]) -> None:
        """One after the other, as long as a batch may take; then what became of them is written down together."""
        began = time.monotonic()
        outcomes: dict[str, NotSent | None] = {}
        seconds: dict[str, float] = {}
        for one in going:
            if outcomes and time.monotonic() - began > AT_A_TIME:
                break
            begun = time.perf_counter()
            outcomes[one.id] = self._deliver(kind, one)
            seconds[one.id] = time.perf_counter() - begun
        with self.runtime.database.transaction() as session:
            words = commands.record_outcomes(session, kind, outcomes)
            if unbegun := [one.id for one in going if one.id not in outcomes]:
                commands.give_back(session, kind, unbegun)
        for id_, word in words.items():
            DELIVERED.labels(_word(kind), word).observe(seconds[id_])

    def _deliver(self, kind: commands.Kind, going: Going) -> NotSent | None:
        """Send one letter, as the last span of what led to it; returns why that failed."""
        attributes = {"server.address": self._smtp.host, "network.protocol.name": "smtp"}
        with tracing.span(f"deliver {_word(kind)}", SpanKind.CLIENT, attributes, going.traceparent) as span:
            failure = self._send(kind, going.letter)
            if failure:
                tracing.fail(span, "NotSent")
        return failure

    def _send(self, kind: commands.Kind, letter: Letter) -> NotSent | None:
        message = looked_at(letter, lambda each: compose(each, self._smtp.sender))
        if isinstance(message, Incident):
            return NotSent(f"cannot be written: {message}", for_good=True)
        try:
            self._connections[kind].send(letter.address, message)
        except NotSent as failure:
            return failure
        return None

    @cached_property
    def _connections(self) -> dict[commands.Kind, Connection]:
        """One for each pump, which is a thread of its own."""
        return defaultdict(lambda: Connection(self._smtp))

    @property
    def _smtp(self) -> Smtp:
        return self.runtime.settings.of(Smtp)

    @property
    def _limits(self) -> MailLimits:
        return self.runtime.settings.of(MailLimits)


def _word(kind: commands.Kind) -> str:
    return Channel.EMAIL if kind is Delivery else kind.kind
