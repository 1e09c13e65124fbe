"""Timers: what must happen at a time is a row that falls due; it survives restarts and is done by one replica."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from opentelemetry.trace import SpanKind
from sqlalchemy import Index, Uuid, delete, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from kit.context import Context
from kit.data.db import Database, KitTable, Session, only_where, table_of
from kit.ids import new_id
from kit.settings import Retry
from kit.telemetry import tracing
from kit.telemetry.logs import log
from kit.viewer import SYSTEM
from kit.work.due import Due, State, claim, is_due, look, next_due

SCHEDULE = "schedule"

Timer = Callable[[Session, str], None]
"""What is done when the time has come, for the subject with this id, in one transaction with its being ticked off."""


class DueRow(Due, KitTable):
    """One timer of one subject, which rings at `due_at`."""

    __tablename__ = "due"
    kind = "timer"
    pump = SCHEDULE
    __table_args__ = (
        Index("ix_due_waiting", "due_at", **only_where("state = 'waiting'")),
        Index("ix_due_parked", "id", **only_where("state = 'parked'")),
        Index("uq_due_deed", "deed", "subject_id", unique=True),
    )

    id: Mapped[str] = mapped_column(Uuid(as_uuid=False), primary_key=True)
    timer: Mapped[str] = mapped_column("deed")
    subject_id: Mapped[str]
    correlation_id: Mapped[str]


def at(session: Session, when: datetime, timer: str, subject_id: str) -> None:
    """Set `timer` to `when`; where the subject has this timer already, it is moved, also while others set it."""
    at_each(session, {subject_id: when}, timer)


def at_each(session: Session, whens: Mapping[str, datetime], timer: str) -> None:
    """Set `timer` of many subjects, by their ids, each to its own moment; otherwise as `at`."""
    if not whens:
        return
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    row = insert(table_of(DueRow))
    wish = {name: row.excluded[name] for name in ("state", "due_at", "attempts")}
    same = {"deed": timer, "correlation_id": session.context.correlation_id, "state": State.WAITING, "attempts": 0}
    rows = [{"id": new_id(), "subject_id": id_, "due_at": when, **same} for id_, when in whens.items()]
    session.execute(row.on_conflict_do_update(index_elements=[DueRow.timer, DueRow.subject_id], set_=wish), rows)
    session.wake(SCHEDULE)


def hasten(session: Session, timer: str, subject_ids: Collection[str]) -> None:
    """Have this timer ring at once for those of the subjects that have it."""
    theirs = update(DueRow).where(DueRow.timer == timer, DueRow.subject_id.in_(subject_ids))
    soon = theirs.values(state=State.WAITING, due_at=session.now, attempts=0)
    session.execute(soon.execution_options(synchronize_session=False))
    session.wake(SCHEDULE)


def cancel(session: Session, timer: str, subject_id: str) -> None:
    """Have this timer of the subject ring no longer."""
    session.execute(delete(DueRow).where(DueRow.timer == timer, DueRow.subject_id == subject_id))


@dataclass(frozen=True)
class _Claimed:
    """One try: the row stands as it was claimed for as long as nobody moves the timer or claims it again."""

    id: str
    timer: str
    attempts: int
    due_at: datetime | None
    correlation_id: str

    def row(self, session: Session) -> DueRow | None:
        """The row, held until the end of the transaction; None where it is another's by now."""
        row = session.get(DueRow, self.id, with_for_update=True)
        if row is None or (row.state, row.attempts, row.due_at) != (State.WAITING, self.attempts, self.due_at):
            return None
        return row


class Schedule:
    """The pump's work: does what is due in one service."""

    def __init__(self, database: Database, timers: Mapping[str, Timer], retry: Retry) -> None:
        self._database = database
        self._timers = timers
        self._retry = retry

    def work(self) -> datetime | None:
        """Do one thing that is due; returns when the next one is."""
        if not is_due(due_at := look(self._database, DueRow), self._database.now()):
            return due_at
        with self._database.transaction() as session:
            row = claim(session, DueRow, self._retry)
            if row is None:
                return next_due(session, DueRow)
            now = session.now
            claimed = _Claimed(row.id, row.timer, row.attempts, row.due_at, row.correlation_id)
        self._do(claimed)
        return now

    def _do(self, claimed: _Claimed) -> None:
        context = Context(viewer=SYSTEM, correlation_id=claimed.correlation_id)
        try:
            with (
                tracing.root(f"do {claimed.timer}", SpanKind.INTERNAL, {"hub.correlation_id": context.correlation_id}),
                self._database.transaction(context) as session,
            ):
                if row := claimed.row(session):
                    session.delete(row)
                    session.flush()
                    self._timers[row.timer](session, row.subject_id)
        except Exception as error:  # noqa: BLE001 - an edge: a timer that fails must be tried again, never end the pump
            log(__name__).warning("a timer failed", due_id=claimed.id, exc_info=error)
            with self._database.transaction() as session:
                if row := claimed.row(session):
                    row.fail(f"{type(error).__name__}: {error}"[:2000], self._retry, session.now)


Method = TypeVar("Method", bound=Callable[..., None])


def on_due(timer: str) -> Callable[[Method], Method]:
    """Marks the service method that is done when a timer rings: `def close_entries(self, session, edition_id)`."""

    def mark(method: Method) -> Method:
        method.timer = timer  # type: ignore[attr-defined]
        return method

    return mark
