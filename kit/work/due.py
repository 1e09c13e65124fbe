"""Due: rows that fall due, are claimed by one replica, and are tried again later and later until they are parked."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from enum import StrEnum
from typing import ClassVar, TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Mapped, mapped_column

from kit.data.db import Database, Session
from kit.settings import Retry

UNHEARD = "its last try was never heard of again"
_CHANCE = random.Random()  # of its own: a thread in the background does not disturb what others draw


class State(StrEnum):
    """What became of a row: it waits for `due_at`, is done, or is parked for a person to look at."""

    WAITING = "waiting"
    DONE = "done"
    PARKED = "parked"


class Due:
    """The columns of such a row. Its table has a partial index on `due_at` where it is waiting.

    `kind` is the word by which operators know such rows, `pump` works on them.
    """

    kind: ClassVar[str]
    pump: ClassVar[str]

    state: Mapped[str] = mapped_column(default=State.WAITING)
    due_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[str | None]
    parked_at: Mapped[datetime | None]
    """When it was given up on last; what a release without this column has parked has none."""

    def finish(self) -> None:
        self.state, self.due_at, self.error = State.DONE, None, None

    def park(self, error: str, now: datetime) -> None:
        self.state, self.due_at, self.error, self.parked_at = State.PARKED, None, error, now

    def fail(self, error: str, retry: Retry, now: datetime) -> None:
        """Wait for the next try, or be parked after the last."""
        if self.attempts >= retry.attempts:
            self.park(error, now)
        else:
            self.state, self.due_at, self.error = State.WAITING, now + delay(self.attempts, retry), error

    def discard(self, now: datetime) -> None:
        """A person lets it go for good."""
        self.finish()

    def try_again(self, now: datetime) -> None:
        """A person asks for a fresh series of tries."""
        self.state, self.due_at, self.attempts, self.parked_at = State.WAITING, now, 0, None


Row = TypeVar("Row", bound=Due)


def claim(session: Session, table: type[Row], retry: Retry) -> Row | None:
    """The row that has been due longest, its try counted and its next one set, so that no other replica takes it now.

    None where nothing is due, or where the row had used up its tries and was parked.

    Counting before the try means that a process which dies in it has used the try up: no row can kill for ever.
    """
    row = session.scalars(
        select(table)
        .where(table.state == State.WAITING, table.due_at <= session.now)
        .order_by(table.due_at)
        .limit(1)
        .with_for_update(skip_locked=True)
    ).first()
    if row is None:
        return None
    if row.attempts >= retry.attempts:
        row.park(row.error or UNHEARD, session.now)
        return None
    row.attempts += 1
    row.due_at = session.now + max(delay(row.attempts, retry), timedelta(seconds=retry.longest / 10))
    return row


def next_due(session: Session, table: type[Due]) -> datetime | None:
    """When the next row of this table falls due."""
    return session.scalar(select(func.min(table.due_at)).where(table.state == State.WAITING))


def is_due(due_at: datetime | None, now: datetime) -> bool:
    return due_at is not None and due_at <= now


def look(database: Database, table: type[Due]) -> datetime | None:
    """As `next_due`, for a pump that asks before it begins a transaction whether there is anything to claim."""
    with database.transaction(writes=False) as session:
        return next_due(session, table)


def delay(attempts: int, retry: Retry) -> timedelta:
    """How long to wait after this many tries: growing, bounded, and jittered so that failures do not march in step."""
    longest = min(retry.longest, retry.first * retry.factor ** max(0, attempts - 1))
    return timedelta(seconds=longest * _CHANCE.uniform(0.75, 1.25))
