"""Alliances: alliances (联盟), groups and mechanisms, what they are for and what they are called."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped

from kit.data.name_keys import KeyedByName
from kit.data.subjects import Subject
from services.alliances.tables import AlliancesTable


class Alliance(Subject, KeyedByName, AlliancesTable):
    """An alliance, group or mechanism; `region` is its lead province, if one leads it."""

    __tablename__ = "alliances"
    subject = "alliance"
    __table_args__ = (
        Index("ix_alliances_kind", "kind", "id"),
        Index("ix_alliances_region", "region", "id"),
        Index("ix_alliances_province", text("(substr(region, 1, 2) || '0000')"), "id"),
        Index("uq_alliances_name_zh", "name_zh", unique=True),
        Index("uq_alliances_name_key", "name_key", unique=True),
    )

    kind: Mapped[str]
    region: Mapped[str | None]
    name_zh: Mapped[str]
    name_en: Mapped[str]
    industry: Mapped[str | None]
    founded_on: Mapped[date | None]
