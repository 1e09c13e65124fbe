"""Notice (通知): what lies in a person's inbox; behind it the announcement of a fact and whom it is addressed to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kit.data.db import Id, only_where
from kit.data.subjects import Subject
from services.notify.tables import NotifyTable

ISSUED = "notices issued"
"""The hook on new notices: what follows gets them as a list of NewNotice."""

NEXT_WAVE = "next_wave"
"""The timer of a telling that goes on; its subject is `<message id>/<tenure behind which the wave begins>`."""


class Announcement(NotifyTable):
    """A fact that one rule tells: the message behind it, when it happened, what it is about, and the names in it."""

    __tablename__ = "announcements"

    message_id: Mapped[Id] = mapped_column(primary_key=True)
    rule: Mapped[str] = mapped_column(primary_key=True)
    time: Mapped[datetime]
    subject_type: Mapped[str]
    subject_id: Mapped[str]
    facts: Mapped[dict[str, Any]]
    actor: Mapped[str | None]
    addressees: Mapped[list[Addressee]] = relationship(lazy="raise")


class Addressee(NotifyTable):
    """Whom an announcement concerns: who holds the role that is the reason on a scope, or one person for that reason.

    `time` is the announcement's, for the index.
    """

    __tablename__ = "addressees"
    __table_args__ = (
        ForeignKeyConstraint(["message_id", "rule"], ["announcements.message_id", "announcements.rule"]),
        Index("ix_addressees_scope", "scope_type", "scope_id", "role", "time"),
    )

    message_id: Mapped[Id] = mapped_column(primary_key=True)
    rule: Mapped[str] = mapped_column(primary_key=True)
    reason: Mapped[str] = mapped_column("role", primary_key=True)
    scope_type: Mapped[str] = mapped_column(primary_key=True)
    scope_id: Mapped[str] = mapped_column(primary_key=True)
    time: Mapped[datetime]


class Notice(Subject, NotifyTable):
    """One announcement in one person's inbox, single by its index; `reason` is why they are told.

    Where `actor` has caused many of one rule, the next one gathers those that follow until `gathers_until`: they lie in it
    (`gathered_by`), and `more` is how many.
    """

    __tablename__ = "notices"
    subject = "notice"
    __table_args__ = (
        ForeignKeyConstraint(["message_id", "rule"], ["announcements.message_id", "announcements.rule"]),
        Index("uq_notices_fact", "message_id", "rule", "recipient", unique=True),
        Index("ix_notices_recipient", "recipient", "id"),
        Index("ix_notices_unread", "recipient", "id", **only_where("read_at IS NULL")),
        Index("ix_notices_inbox", "recipient", "id", **only_where("gathered_by IS NULL")),
        Index("ix_notices_inbox_unread", "recipient", "id", **only_where("gathered_by IS NULL AND read_at IS NULL")),
        Index("ix_notices_gathered", "gathered_by", "id", **only_where("gathered_by IS NOT NULL")),
        Index("ix_notices_actor", "recipient", "actor", "rule", "created_at", **only_where("actor IS NOT NULL")),
    )

    message_id: Mapped[Id]
    rule: Mapped[str]
    recipient: Mapped[str]
    reason: Mapped[str] = mapped_column("role")
    read_at: Mapped[datetime | None]
    actor: Mapped[str | None]
    gathered_by: Mapped[Id | None]
    gathers_until: Mapped[datetime | None]
    more: Mapped[int] = mapped_column(default=0, server_default="0")
    announcement: Mapped[Announcement] = relationship(lazy="raise")


@dataclass(slots=True, kw_only=True)
class NewNotice:
    """A notice that is being issued, perhaps with thousands of others: what its row will say, and no row yet.

    `traceparent` is of what led to it.
    """

    id: str
    message_id: str
    rule: str
    recipient: str
    reason: str
    actor: str | None = None
    gathered_by: str | None = None
    gathers_until: datetime | None = None
    traceparent: str | None = None
