"""Presentations (赛事介绍): every version of an edition's introduction, the office to ask, and its venue."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from kit.data.db import Id
from services.events.tables import EventsTable

PARTS = ("introduction_zh", "introduction_en", "contact", "venue")
"""What a presentation is made of."""


class Presentation(EventsTable):
    """A version of how an edition presents itself; the newest is in force, those of a published edition stay.

    `contact` is {office_zh, office_en, telephone, email}, `venue` {name_zh, name_en, address, region}.
    """

    __tablename__ = "presentations"

    edition_id: Mapped[Id] = mapped_column(ForeignKey("editions.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    introduction_zh: Mapped[str | None]
    introduction_en: Mapped[str | None]
    contact: Mapped[dict[str, Any] | None]
    venue: Mapped[dict[str, Any] | None]
    reason: Mapped[str]
    created_at: Mapped[datetime]

    def parts(self) -> dict[str, Any]:
        """What it is made of, by name."""
        return {name: getattr(self, name) for name in PARTS}
