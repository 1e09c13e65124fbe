"""Alliances: alliances (联盟), groups and mechanisms, what they are for and what they are called."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from kit.data.db import Id
from kit.data.name_keys import KeyedByName
from kit.data.subjects import Subject
from procedures.search.tables import Findable, Fragment
from services.alliances.tables import AlliancesTable


class AllianceFragment(Fragment, AlliancesTable):
    """A piece of a name by which an alliance is found."""

    __tablename__ = "alliance_fragments"

    owner_id: Mapped[Id] = mapped_column(ForeignKey("alliances.id", ondelete="CASCADE"), primary_key=True)


class Alliance(Subject, KeyedByName, Findable, AlliancesTable):
    """An alliance, group or mechanism; `region` is its lead province, if one leads it."""

    __tablename__ = "alliances"
    subject = "alliance"
    fragments = AllianceFragment
    __table_args__ = (
        Index("ix_alliances_kind", "kind", "id"),
        Index("ix_alliances_region", "region", "id"),
        Index("ix_alliances_spelling", "spelling", "id"),
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

    @property
    def sought_names(self) -> list[str]:
        return [self.name_zh, self.name_en]
