"""Forgetting: the journal loses what a message held of a person once nobody needs it; that it was said stays."""

from __future__ import annotations

from sqlalchemy import select

from contracts.base import Message
from kit.data.db import Session
from kit.data.subjects import Versioned
from kit.messages.outbox import OutboxRow


def forget(session: Session, subject: Versioned, message: type[Message]) -> None:
    """Empty the private fields of all that was said of `subject` in this message, also where it has not left yet."""
    said = select(OutboxRow).where(
        OutboxRow.subject_type == subject.subject, OutboxRow.subject_id == subject.id, OutboxRow.type == message.type
    )
    for row in session.scalars(said.with_for_update()):
        row.data = row.data | dict.fromkeys(message.private, "")
