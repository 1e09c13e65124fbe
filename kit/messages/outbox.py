"""Outbox: what a command has to say is a row of its own transaction; the rows stay and are the journal of every subject."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index, Uuid, func, select
from sqlalchemy.orm import Mapped, mapped_column

from contracts.base import Message
from kit.data.db import KitTable, Session, only_where
from kit.data.subjects import Versioned
from kit.ids import new_id
from kit.telemetry import tracing
from kit.wire.envelope import Envelope

RELAY = "relay"


class OutboxRow(KitTable):
    """One message: unsent while `sent_at` is empty, and in the hands of one relay until `claimed_until`."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_unsent", "id", **only_where("sent_at IS NULL")),
        Index("uq_outbox_subject", "subject_type", "subject_id", "subject_version", unique=True),
    )

    id: Mapped[str] = mapped_column(Uuid(as_uuid=False), primary_key=True)
    type: Mapped[str]
    subject_type: Mapped[str]
    subject_id: Mapped[str]
    subject_version: Mapped[int]
    actor: Mapped[str]
    correlation_id: Mapped[str]
    time: Mapped[datetime]
    data: Mapped[dict[str, Any]]
    traceparent: Mapped[str | None]
    claimed_until: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]

    def envelope(self, source: str) -> Envelope:
        return Envelope(
            id=self.id,
            type=self.type,
            source=source,
            subject_type=self.subject_type,
            subject_id=self.subject_id,
            version=self.subject_version,
            time=self.time,
            actor=self.actor,
            correlation_id=self.correlation_id,
            data=self.data,
            traceparent=self.traceparent,
        )


def record(session: Session, subject: Versioned, message: Message) -> None:
    """Say in this transaction what happened to `subject`: its next version, gapless because two writers cannot share one."""
    subject.version = (subject.version or 0) + 1
    session.add(
        OutboxRow(
            id=new_id(),
            type=message.type,
            subject_type=subject.subject,
            subject_id=subject.id,
            subject_version=subject.version,
            actor=session.viewer.id,
            correlation_id=session.context.correlation_id,
            time=session.now,
            data=message.data(),
            traceparent=tracing.traceparent(),
        )
    )
    session.wake(RELAY)


def history(
    session: Session, subject_type: str, subject_id: str, *, after: int = 0, first: int = 100
) -> list[OutboxRow]:
    """What happened to a subject, oldest first, from the version behind `after`."""
    return list(
        session.scalars(
            select(OutboxRow)
            .where(
                OutboxRow.subject_type == subject_type,
                OutboxRow.subject_id == subject_id,
                OutboxRow.subject_version > after,
            )
            .order_by(OutboxRow.subject_version)
            .limit(first)
        )
    )


def oldest_unsent(session: Session) -> datetime | None:
    """The time of the oldest message that has not left yet."""
    return session.scalar(select(func.min(OutboxRow.time)).where(OutboxRow.sent_at.is_(None)))
