"""Series (系列): what is held again and again, as a competition; its organisers hold a grant on its id."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from kit.data.db import Id
from kit.data.name_keys import KeyedByName
from kit.data.subjects import Subject
from services.events.tables import EventsTable


class Series(Subject, KeyedByName, EventsTable):
    """A competition series (竞赛系列), held again and again; its organisers hold a grant on its id.

    `alliance_id` is the alliance for whose members its editions are, where nothing else is said.
    """

    __tablename__ = "series"
    subject = "series"
    __table_args__ = (
        Index("uq_series_name_zh", "name_zh", unique=True),
        Index("uq_series_name_key", "name_key", unique=True),
    )

    name_zh: Mapped[str]
    name_en: Mapped[str]
    alliance_id: Mapped[Id | None]


class AllianceConsent(EventsTable):
    """That an alliance lets the editions of a series be held for its members, until it takes this back."""

    __tablename__ = "alliance_consents"

    alliance_id: Mapped[Id] = mapped_column(ForeignKey("alliances.id"), primary_key=True)
    series_id: Mapped[Id] = mapped_column(ForeignKey("series.id"), primary_key=True)
    given_by: Mapped[str]
    given_at: Mapped[datetime]
