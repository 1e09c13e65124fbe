"""Outgoing: which rows of the outbox may leave now, each subject's in the order of its versions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, Update, bindparam, func, or_, select, tuple_, update

from kit.data.db import Instant, Session
from kit.messages.outbox import OUTBOX, held_up
from kit.wire.envelope import Envelope
from kit.work.due import State


@dataclass(frozen=True)
class Outgoing:
    """A message in the hands of this relay, and how often it was tried."""

    envelope: Envelope
    attempts: int

    @property
    def id(self) -> str:
        return self.envelope.id

    @property
    def about(self) -> tuple[str, str]:
        """What it is about: messages of one subject leave in the order of its versions."""
        return self.envelope.subject_type, self.envelope.subject_id


def take(session: Session, source: str, most: int, lease: timedelta) -> list[Outgoing]:
    """Claim rows that may leave, the oldest first; nobody else takes them until the lease has run out.

    A row leaves together with, or after, all that was said of its subject before it: not while an earlier one is with
    another relay, waits for its next try or is parked. Each try is one statement, which needs no transaction around it.
    """
    given = {"now": session.now, "until": session.now + lease, "most": most}
    for claim in (_CLAIM, _CLAIM_FIRST):
        if found := session.rows(claim, **given):
            return in_order([_outgoing(source, row) for row in found])
    return []


def more(session: Session) -> bool:
    """Whether something else may leave, or may once that has left which was taken."""
    return bool(session.rows(_FREE, now=session.now, most=1))


def next_try(session: Session) -> datetime | None:
    """When the next of those that were not taken is to be tried again."""
    [[due_at]] = session.rows(_NEXT_TRY)
    found: datetime | None = due_at
    return found


def in_order(taken: Collection[Outgoing]) -> list[Outgoing]:
    """By age, and each subject's by version also where the clocks of two processes differ."""
    by_version: dict[tuple[str, str], list[Outgoing]] = defaultdict(list)
    for each in sorted(taken, key=lambda each: each.envelope.version):
        by_version[each.about].append(each)
    next_of = {about: iter(each) for about, each in by_version.items()}
    return [next(next_of[each.about]) for each in sorted(taken, key=lambda each: each.id)]


def _free() -> Select[Any]:
    """The unsent rows that are in nobody's hands, of subjects that nothing holds up, the oldest first."""
    now = bindparam("now", type_=Instant())
    about = tuple_(OUTBOX.c.subject_type, OUTBOX.c.subject_id)
    return (
        select(OUTBOX.c.id, OUTBOX.c.subject_type, OUTBOX.c.subject_id, OUTBOX.c.subject_version)
        .where(OUTBOX.c.sent_at.is_(None))
        .where(or_(OUTBOX.c.claimed_until.is_(None), OUTBOX.c.claimed_until < now))
        .where(about.not_in(held_up(now)))
        .order_by(OUTBOX.c.id)
        .limit(bindparam("most"))
    )


def _claim(free: Select[Any]) -> Update:
    """Claim those of a batch before which nothing is unsent that is not in the batch itself.

    Where clocks differ, the oldest rows may all have something younger before them, outside of the batch: then the first
    ones of their subjects are asked for.
    """
    batch = free.with_for_update(skip_locked=True).cte("batch")
    before = _earlier(batch.c, but=select(batch.c.id))
    claimed = update(OUTBOX).where(OUTBOX.c.id.in_(select(batch.c.id).where(~before.exists())))
    return claimed.values(claimed_until=bindparam("until")).returning(*(OUTBOX.c[name] for name in _SAID))


def _earlier(row: Any, but: Select[Any] | None = None) -> Select[Any]:
    """What is unsent of the same subject and was said before, but for some."""
    earlier = OUTBOX.alias()
    same = (earlier.c.subject_type == row.subject_type, earlier.c.subject_id == row.subject_id)
    unsent = (earlier.c.sent_at.is_(None), earlier.c.subject_version < row.subject_version)
    before = select(earlier.c.id).where(*same, *unsent)
    return before if but is None else before.where(earlier.c.id.not_in(but))


def _outgoing(source: str, row: Any) -> Outgoing:
    id_, type_, subject_type, subject_id, version, time, actor, correlation_id, data, traceparent, attempts = row
    about = (subject_type, subject_id, version)
    return Outgoing(Envelope(id_, type_, source, *about, time, actor, correlation_id, data, traceparent), attempts)


_SAID = (
    *("id", "type", "subject_type", "subject_id", "subject_version"),
    *("time", "actor", "correlation_id", "data", "traceparent", "attempts"),
)
_FREE = _free()
_CLAIM = _claim(_FREE)
_CLAIM_FIRST = _claim(_FREE.where(~_earlier(OUTBOX.c).exists()))
_NEXT_TRY = select(func.min(OUTBOX.c.due_at)).where(OUTBOX.c.state == State.WAITING, OUTBOX.c.due_at.is_not(None))
