"""Alliances: alliances (联盟), groups and mechanisms, what they are for and what they are called."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship, selectinload
from sqlalchemy.sql.base import ExecutableOption

from contracts.alliances.registry.alliances import AllianceStage, AllianceStageStands
from contracts.regions import province_of
from kit.data.db import Id, only_where
from kit.data.subjects import Subject
from procedures.search.tables import Fragment, Sorted
from services.alliances.registry.days import today_of
from services.alliances.registry.naming import DatedName, Renamed
from services.alliances.tables import AlliancesTable

_GOES_ON = only_where("stage <> 'dissolved'")


class AllianceFragment(Fragment, AlliancesTable):
    """A piece of a name by which an alliance is found."""

    __tablename__ = "alliance_fragments"

    owner_id: Mapped[Id] = mapped_column(ForeignKey("alliances.id", ondelete="CASCADE"), primary_key=True)


class Alliance(Subject, Renamed, Sorted, AlliancesTable):
    """An alliance, group or mechanism; `region` is its lead province, if one leads it, `regions` are those it reaches over.

    Two that go on never have one name in one region; the name of one that is dissolved is free again.
    """

    __tablename__ = "alliances"
    subject = "alliance"
    fragments = AllianceFragment
    __table_args__ = (
        Index("ix_alliances_kind", "kind", "id"),
        Index("ix_alliances_stage", "stage", "id"),
        Index("ix_alliances_region", "region", "id"),
        Index("ix_alliances_spelling", "spelling", "id"),
        Index("ix_alliances_sorted", "sort_key", "id"),
        Index("ix_alliances_province", text("(substr(region, 1, 2) || '0000')"), "id"),
        Index("ix_alliances_parent", "parent_id", "id", **only_where("parent_id IS NOT NULL")),
        Index(
            "uq_alliances_name",
            "name_zh",
            text("coalesce(region, '')"),
            unique=True,
            **_GOES_ON,
        ),
        Index("uq_alliances_name_key", "name_key", text("coalesce(region, '')"), unique=True, **_GOES_ON),
    )

    kind: Mapped[str]
    region: Mapped[str | None]
    name_zh: Mapped[str]
    name_en: Mapped[str]
    industry: Mapped[str | None]
    founded_on: Mapped[date | None]
    stage: Mapped[str] = mapped_column(default=AllianceStage.ACTIVE, server_default=AllianceStage.ACTIVE)
    stage_since: Mapped[date | None]
    parent_id: Mapped[Id | None]
    level: Mapped[str | None]
    regions: Mapped[list[str] | None]
    website: Mapped[str | None]
    text_zh: Mapped[str | None]
    text_en: Mapped[str | None]
    official: Mapped[list[AllianceName]] = relationship(
        cascade="all, delete-orphan", lazy="raise", order_by="AllianceName.since"
    )

    @property
    def keys(self) -> dict[str, str | None]:
        """What rights on it look at."""
        return {"alliance_id": self.id, "province": province_of(self.region) if self.region else None}

    def check_goes_on(self) -> None:
        """Go on only where it is not dissolved; raises AllianceStageStands."""
        if self.stage == AllianceStage.DISSOLVED:
            raise AllianceStageStands("allianceId", stage=self.stage)

    def sought_names(self, now: datetime) -> list[str]:
        return [self.name_zh, self.name_en, *self.borne_by(today_of(now))]

    @classmethod
    def with_names(cls) -> Sequence[ExecutableOption]:
        return (selectinload(cls.official),)


class AllianceLink(AlliancesTable):
    """That an alliance belonged to another from one moment to another; the one that goes on is also its `parent_id`."""

    __tablename__ = "alliance_links"
    __table_args__ = (
        Index("ix_alliance_links_parent", "parent_id", "since", "id"),
        Index("uq_alliance_links_standing", "alliance_id", unique=True, **only_where("until IS NULL")),
    )

    id: Mapped[Id] = mapped_column(primary_key=True)
    alliance_id: Mapped[Id] = mapped_column(ForeignKey("alliances.id"))
    parent_id: Mapped[Id] = mapped_column(ForeignKey("alliances.id"))
    since: Mapped[datetime]
    until: Mapped[datetime | None]


class AllianceName(DatedName, AlliancesTable):
    """What an alliance that was renamed is called from a day on."""

    __tablename__ = "alliance_names"

    alliance_id: Mapped[Id] = mapped_column(ForeignKey("alliances.id"), primary_key=True)


Alliance.dated = AllianceName
