"""Tables: of which dates people were reminded, so that nobody is reminded twice of one."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from kit.data.db import Id, KitTable


class Reminded(KitTable):
    """That whoever `reminder` concerns was reminded that something of a subject is due at this moment."""

    __tablename__ = "reminded"

    reminder: Mapped[str] = mapped_column(primary_key=True)
    subject_id: Mapped[Id] = mapped_column(primary_key=True)
    due_at: Mapped[datetime] = mapped_column(primary_key=True)
