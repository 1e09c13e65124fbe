"""Outgoing: which rows of the outbox may leave now, each subject's in the order of its versions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, func, or_, select, tuple_, update
from sqlalchemy.orm import aliased

from kit.data.db import Session
from kit.messages.outbox import OutboxRow, held_up
from kit.work.due import State


def take(session: Session, most: int, lease: timedelta) -> list[OutboxRow]:
    """Claim rows that may leave, the oldest first; nobody else takes them until the lease has run out.

    A row leaves together with, or after, all that was said of its subject before it: not while an earlier one is with
    another relay, waits for its next try or is parked.
    """
    free = _free(session).limit(most)
    return _claim(session, free, lease) or _claim(session, free.where(~_earlier(OutboxRow).exists()), lease)


def more(session: Session) -> bool:
    """Whether something else may leave, or may once that has left which was taken."""
    return session.scalar(_free(session).limit(1)) is not None


def _claim(session: Session, free: Select[str, str, str, int], lease: timedelta) -> list[OutboxRow]:
    """Claim those of a batch before which nothing is unsent that is not in the batch itself.

    Where clocks differ, the oldest rows may all have something younger before them, outside of the batch: then the first
    ones of their subjects are asked for.
    """
    batch = free.with_for_update(skip_locked=True).cte("batch")
    before = _earlier(batch.c, but=select(batch.c.id))
    claimed = (
        update(OutboxRow)
        .where(OutboxRow.id.in_(select(batch.c.id).where(~before.exists())))
        .values(claimed_until=session.now + lease)
        .returning(OutboxRow)
        .execution_options(synchronize_session=False)
    )
    return in_order(session.scalars(claimed).all())


def in_order(rows: Iterable[OutboxRow]) -> list[OutboxRow]:
    """By age, and each subject's by version also where the clocks of two processes differ."""
    by_age = sorted(rows, key=lambda row: row.id)
    versions = {about: iter(_versions(about, by_age)) for about in {row.about for row in by_age}}
    return [next(versions[row.about]) for row in by_age]


def next_try(session: Session) -> datetime | None:
    """When the next of those that were not taken is to be tried again."""
    waiting = (OutboxRow.state == State.WAITING, OutboxRow.due_at.is_not(None))
    return session.scalar(select(func.min(OutboxRow.due_at)).where(*waiting))


def _free(session: Session) -> Select[str, str, str, int]:
    """The unsent rows that are in nobody's hands, of subjects that nothing holds up, the oldest first."""
    about = tuple_(OutboxRow.subject_type, OutboxRow.subject_id)
    return (
        select(OutboxRow.id, OutboxRow.subject_type, OutboxRow.subject_id, OutboxRow.subject_version)
        .where(OutboxRow.sent_at.is_(None))
        .where(or_(OutboxRow.claimed_until.is_(None), OutboxRow.claimed_until < session.now))
        .where(about.not_in(held_up(session.now)))
        .order_by(OutboxRow.id)
    )


def _earlier(row: Any, but: Select[str] | None = None) -> Select[str]:
    """What is unsent of the same subject and was said before, but for some."""
    earlier = aliased(OutboxRow)
    same = (earlier.subject_type == row.subject_type, earlier.subject_id == row.subject_id)
    before = select(earlier.id).where(earlier.sent_at.is_(None), *same, earlier.subject_version < row.subject_version)
    return before if but is None else before.where(earlier.id.not_in(but))


def _versions(about: tuple[str, str], rows: list[OutboxRow]) -> list[OutboxRow]:
    return sorted((row for row in rows if row.about == about), key=lambda row: row.subject_version)
