"""Settlements: what people did about work that was given up on, each step on record with who took it and why."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from kit.data.db import Id, KitTable


class Settlement(KitTable):
    """One step: which work it was, as `reference` names it, how it was `settled`, and by whom."""

    __tablename__ = "parked_settlements"

    id: Mapped[Id] = mapped_column(primary_key=True)
    reference: Mapped[str]
    kind: Mapped[str]
    about: Mapped[str]
    settled: Mapped[str]
    reason: Mapped[str]
    actor: Mapped[str]
    settled_at: Mapped[datetime]
