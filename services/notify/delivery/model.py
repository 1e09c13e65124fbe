"""Delivery: where a person may be reached by e-mail, and what became of each e-mail that was to go there.

An address stands in one place only, the contact: to erase that row is to forget the address.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from contracts.notify.delivery import DeliveryState
from kit.data.db import Id, only_where
from kit.settings import Retry
from kit.work.due import Due, State
from services.notify.notices.model import Notice
from services.notify.tables import NotifyTable

DELIVERIES = "deliveries"
CONFIRMATIONS = "confirmations"


class Channel(StrEnum):
    """By which way a notice goes out of the hub."""

    EMAIL = "email"


class Contact(NotifyTable):
    """How one person wants to be reached outside the hub; they alone write and read it."""

    __tablename__ = "contacts"
    __table_args__ = (Index("ix_contacts_unsubscribe_token", "unsubscribe_token"),)

    person: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column()
    address: Mapped[str]
    locale: Mapped[str]
    wants_email: Mapped[bool]
    confirmed_address: Mapped[str | None]
    """The address that was shown to be theirs: another one does not count, whoever wrote it here."""
    code: Mapped[str | None]
    code_until: Mapped[datetime | None]
    unsubscribe_token: Mapped[str | None]

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - as SQLAlchemy wants it

    @property
    def confirmed(self) -> bool:
        return self.confirmed_address == self.address

    @property
    def reachable(self) -> bool:
        """Whether notices may be sent there."""
        return self.wants_email and self.confirmed

    def confirm(self) -> None:
        """The address is theirs."""
        self.confirmed_address, self.code, self.code_until = self.address, None, None


class Outgoing:
    """What an e-mail on its way has besides falling due; `sent_at` is set once the mail server has taken it."""

    retry: ClassVar[Retry] = Retry(first=30, factor=3, longest=4 * 3600, attempts=12)
    """A mail server that asks for patience (greylisting) means minutes, one that is down may be so for a day: 30 s, 90 s,
    … 4 h, in all about 23 hours."""

    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    traceparent: Mapped[str | None]
    state: Mapped[str]
    due_at: Mapped[datetime | None]
    error: Mapped[str | None]

    def sent(self, at: datetime) -> None:
        """The mail server has taken it."""
        self.state, self.due_at, self.error, self.sent_at = State.DONE, None, None, at

    def discard(self, now: datetime) -> None:
        """A person decides that it is not sent."""
        self.skip("discarded")

    def skip(self, reason: str) -> None:
        """It is not sent, and that is no fault."""
        self.state, self.due_at, self.error = DeliveryState.SKIPPED, None, reason


class Confirmation(Outgoing, Due, NotifyTable):
    """An e-mail with the code by which a person confirms their address; only their newest one counts."""

    __tablename__ = "confirmations"
    kind = "confirmation"
    pump = CONFIRMATIONS
    __table_args__ = (
        Index("ix_confirmations_waiting", "due_at", **only_where("state = 'waiting'")),
        Index("ix_confirmations_parked", "id", **only_where("state = 'parked'")),
        Index("ix_confirmations_person", "person", "id"),
    )

    id: Mapped[Id] = mapped_column(primary_key=True)
    person: Mapped[str]


class MailCount(NotifyTable):
    """How many e-mails of a kind have gone in an hour or a day; `key` names no address, only its digest."""

    __tablename__ = "mail_counts"

    key: Mapped[str] = mapped_column(primary_key=True)
    since: Mapped[datetime] = mapped_column(primary_key=True)
    mails: Mapped[int]


class Delivery(Outgoing, Due, NotifyTable):
    """One notice on one channel; the database keeps it single."""

    __tablename__ = "deliveries"
    kind = "delivery"
    pump = DELIVERIES
    __table_args__ = (
        Index("uq_deliveries_notice", "notice_id", "channel", unique=True),
        Index("ix_deliveries_waiting", "due_at", **only_where("state = 'waiting'")),
        Index("ix_deliveries_state", "state", "id"),
    )

    id: Mapped[Id] = mapped_column(primary_key=True)
    notice_id: Mapped[Id] = mapped_column(ForeignKey("notices.id"))
    channel: Mapped[str]
    notice: Mapped[Notice] = relationship(lazy="raise")
