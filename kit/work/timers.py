"""Schedule: what must happen at a time is a row that falls due; it survives restarts and is done by one replica."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TypeVar

from opentelemetry.trace import SpanKind
from sqlalchemy import Index, Uuid, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from kit.data.db import Context, Database, KitTable, Session, only_where
from kit.ids import new_id
from kit.settings import Retry
from kit.telemetry import tracing
from kit.telemetry.logs import log
from kit.viewer import SYSTEM
from kit.work.due import Due, State, claim, next_due

SCHEDULE = "schedule"

Deed = Callable[[Session, str], None]
"""What is done when the time has come, for the subject with this id, in one transaction with its being ticked off."""


class DueRow(Due, KitTable):
    """One deed to be done to one subject at `due_at`."""

    __tablename__ = "due"
    kind = "deed"
    pump = SCHEDULE
    __table_args__ = (
        Index("ix_due_waiting", "due_at", **only_where("state = 'waiting'")),
        Index("uq_due_deed", "deed", "subject_id", unique=True),
    )

    id: Mapped[str] = mapped_column(Uuid(as_uuid=False), primary_key=True)
    deed: Mapped[str]
    subject_id: Mapped[str]
    correlation_id: Mapped[str]


def at(session: Session, when: datetime, deed: str, subject_id: str) -> None:
    """Have `deed` done at `when`; an earlier wish for the same deed and subject is moved."""
    row = session.scalar(select(DueRow).where(DueRow.deed == deed, DueRow.subject_id == subject_id))
    if row is None:
        row = DueRow(id=new_id(), deed=deed, subject_id=subject_id, correlation_id=session.context.correlation_id)
        session.add(row)
    row.state, row.due_at, row.attempts = State.WAITING, when, 0
    session.wake(SCHEDULE)


def cancel(session: Session, deed: str, subject_id: str) -> None:
    """No longer have it done."""
    session.execute(delete(DueRow).where(DueRow.deed == deed, DueRow.subject_id == subject_id))


class Schedule:
    """The pump's work: does what is due in one service."""

    def __init__(self, database: Database, deeds: Mapping[str, Deed], retry: Retry) -> None:
        self._database = database
        self._deeds = deeds
        self._retry = retry

    def work(self) -> datetime | None:
        """Do one thing that is due; returns when the next one is."""
        with self._database.transaction() as session:
            row = claim(session, DueRow, self._retry)
            if row is None:
                return next_due(session, DueRow)
            now, row_id, deed, correlation_id = session.now, row.id, row.deed, row.correlation_id
        self._do(row_id, deed, Context(viewer=SYSTEM, correlation_id=correlation_id))
        return now

    def _do(self, row_id: str, deed: str, context: Context) -> None:
        try:
            with (
                tracing.root(f"do {deed}", SpanKind.INTERNAL, {"hub.correlation_id": context.correlation_id}),
                self._database.transaction(context) as session,
            ):
                row = session.get(DueRow, row_id, with_for_update=True)
                if row is not None and row.state == State.WAITING:
                    session.delete(row)
                    session.flush()
                    self._deeds[row.deed](session, row.subject_id)
        except Exception as error:  # noqa: BLE001 - an edge: a deed that fails must be tried again, never end the pump
            log(__name__).warning("a deed failed", due_id=row_id, exc_info=error)
            with self._database.transaction() as session:
                row = session.get(DueRow, row_id)
                if row is not None:
                    row.fail(f"{type(error).__name__}: {error}"[:2000], self._retry, session.now)


Method = TypeVar("Method", bound=Callable[..., None])


def on_due(deed: str) -> Callable[[Method], Method]:
    """Marks the service method that does a deed: `def close_entries(self, session, edition_id)`."""

    def mark(method: Method) -> Method:
        method.deed = deed  # type: ignore[attr-defined]
        return method

    return mark
