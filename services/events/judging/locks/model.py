"""Locks (锁定): from when on the sheets of a stage do not change any more."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from kit.data.db import Id
from services.events.tables import EventsTable


class SheetLock(EventsTable):
    """That the sheets of a stage are locked: since when, by which version of the rules they count, and the seed of lots."""

    __tablename__ = "score_sheet_locks"

    stage_id: Mapped[Id] = mapped_column(ForeignKey("stages.id"), primary_key=True)
    locked_at: Mapped[datetime]
    rules_version: Mapped[int]
    seed: Mapped[str]
