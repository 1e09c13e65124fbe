"""What can be asked about locks: whether the sheets of a stage are locked, and since when."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select

from contracts.events.judging.scoring import SheetLocked, SheetsNotLocked
from kit.data.db import Session
from services.events.editions.editions.model import Stage
from services.events.judging.locks.model import SheetLock


def is_locked(session: Session, stage_id: str, *, exclusive: bool = False) -> bool:
    """Whether the sheets of a stage are locked; see `locked_among`."""
    return bool(locked_among(session, [stage_id], exclusive=exclusive))


def locked_among(session: Session, stage_ids: Collection[str], *, exclusive: bool = False) -> set[str]:
    """Those of these stages whose sheets are locked, with that answer holding until the transaction ends.

    Judges who write share the row of the stage; whoever locks has it alone (`exclusive`).
    """
    held = select(Stage.id).where(Stage.id.in_(stage_ids)).order_by(Stage.id).with_for_update(read=not exclusive)
    session.execute(held)
    return seen_locked(session, stage_ids)


def seen_locked(session: Session, stage_ids: Collection[str]) -> set[str]:
    """Those of these stages whose sheets are locked now; it may be otherwise in a moment."""
    return set(session.scalars(select(SheetLock.stage_id).where(SheetLock.stage_id.in_(stage_ids))))


def check_not_locked(session: Session, stage_id: str, *, exclusive: bool = False) -> None:
    """Go on only while sheets can change; refuses with SheetLocked."""
    if is_locked(session, stage_id, exclusive=exclusive):
        raise SheetLocked


def locked_at(session: Session, stage_id: str) -> datetime | None:
    """Since when the sheets of a stage are locked."""
    return session.scalar(select(SheetLock.locked_at).where(SheetLock.stage_id == stage_id))


def locked(session: Session, stage_id: str) -> SheetLock:
    """The lock on the sheets of a stage; refuses with SheetsNotLocked."""
    found = session.get(SheetLock, stage_id)
    if found is None:
        raise SheetsNotLocked("stageId")
    return found
