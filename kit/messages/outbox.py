"""Outbox: what a command has to say is a row of its own transaction; the rows stay and are the journal of every subject.

A row that cannot leave is tried again and then parked; what is said of its subject later waits behind it, all else goes on.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, CompoundSelect, Index, Select, Uuid, func, select, tuple_, union_all
from sqlalchemy.orm import Mapped, mapped_column

from contracts.base import Message
from kit.data.db import KitTable, Session, only_where, table_of
from kit.data.many import Row, insert_many
from kit.data.subjects import Versioned
from kit.ids import new_id
from kit.telemetry import tracing
from kit.wire.envelope import Envelope, body_of
from kit.work.due import Due, State

RELAY = "relay"


class MessageTooLarge(Exception):  # noqa: N818 - a fault of the family that says it
    """A message is larger than any broker or reader takes: it belongs into several, or names what can be fetched."""


class OutboxRow(Due, KitTable):
    """One message: unsent while `sent_at` is empty, and in the hands of one relay until `claimed_until`.

    `due_at` is empty but for one that was not taken and is to be tried again.
    """

    __tablename__ = "outbox"
    kind = "outgoing"
    pump = RELAY
    __table_args__ = (
        Index("ix_outbox_unsent", "id", **only_where("sent_at IS NULL")),
        Index("ix_outbox_said", "subject_type", "subject_id", "subject_version", **only_where("sent_at IS NULL")),
        Index("ix_outbox_due", "due_at", **only_where("due_at IS NOT NULL")),
        Index("ix_outbox_parked", "subject_type", "subject_id", **only_where("state = 'parked'")),
        Index("ix_outbox_parked_id", "id", **only_where("state = 'parked'")),
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
    state: Mapped[str] = mapped_column(default=State.WAITING, server_default=State.WAITING)
    attempts: Mapped[int] = mapped_column(default=0, server_default="0")

    def discard(self, now: datetime) -> None:
        """It counts as sent, so that what waits behind it may leave; its error tells that it was not."""
        self.state, self.due_at, self.sent_at = State.DONE, None, now

    def try_again(self, now: datetime) -> None:
        super().try_again(now)
        self.due_at = self.claimed_until = None

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


OUTBOX = table_of(OutboxRow)


def record(session: Session, subject: Versioned, message: Message) -> None:
    """Say in this transaction what happened to `subject`: its next version, gapless because two writers cannot share one.

    It is the deed of whoever acts now. Raises MessageTooLarge.
    """
    version = (subject.version or 0) + 1
    session.put(_write, _row(session, subject.subject, subject.id, version, message))
    subject.version = version
    session.wake(RELAY)


def record_first(session: Session, said: Sequence[Row]) -> None:
    """Say the first thing of each of many new subjects (`first_of`) in one statement."""
    _write(session, said)
    if said:
        session.wake(RELAY)


def _write(session: Session, said: Sequence[Row]) -> None:
    insert_many(session, OutboxRow, said)


def first_of(session: Session, subject: type[Versioned], id_: str, message: Message) -> Row:
    """What is said first of a new subject, as the deed of whoever acts now. Raises MessageTooLarge."""
    return _row(session, subject.subject, id_, 1, message)


def _row(session: Session, subject: str, subject_id: str, version: int, message: Message) -> dict[str, Any]:
    data = message.data()
    if (size := len(body_of(data))) > session.message_bytes:
        where = f"{type(message).__module__}.{type(message).__name__} ({message.type})"
        raise MessageTooLarge(f"{where} has {size} bytes, more than {session.message_bytes}")
    return {
        "id": new_id(),
        "type": message.type,
        "subject_type": subject,
        "subject_id": subject_id,
        "subject_version": version,
        "actor": session.viewer.id,
        "correlation_id": session.context.correlation_id,
        "time": session.now,
        "data": data,
        "traceparent": tracing.traceparent(),
        "state": State.WAITING,
        "attempts": 0,
    }


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


def oldest_unsent(session: Session, *, held: bool = True) -> datetime | None:
    """The time of the oldest message that has not left yet; what is parked, and waits behind it, is for a person to see to.

    Without `held`, what waits for its next try, and waits behind such, is not looked at either.
    """
    not_now = parked() if held else held_up(session.now)
    free = tuple_(OutboxRow.subject_type, OutboxRow.subject_id).not_in(not_now)
    return session.scalar(select(func.min(OutboxRow.time)).where(OutboxRow.sent_at.is_(None), free))


def held_up(now: datetime | BindParameter[datetime]) -> CompoundSelect[str, str]:
    """The subjects of which nothing may leave now: one of their messages is parked, or waits for its next try."""
    return union_all(parked(), _subjects().where(OutboxRow.due_at > now))


def parked() -> Select[str, str]:
    """The subjects of the messages that were given up on."""
    return _subjects().where(OutboxRow.state == State.PARKED)


def _subjects() -> Select[str, str]:
    return select(OutboxRow.subject_type, OutboxRow.subject_id)
