"""Editions (届): one holding of a series each, with its tracks and rounds, and a stage for each track in each round."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship
from sqlalchemy.sql.base import ExecutableOption

from contracts.base import Named
from contracts.events.admission.entries import EntriesNotOpen
from contracts.events.editions.competitions import (
    EditionStatus,
    EntriesOver,
    NotADraft,
    StageStatus,
    TrackKind,
    WindowInvalid,
    WindowPassed,
)
from contracts.refusals import GivenTwice, UnknownRegion
from contracts.regions import region
from kit.data.bilingual import Bilingual
from kit.data.db import Id, Json, only_where
from kit.data.name_keys import KeyedByName
from kit.data.subjects import Subject
from procedures.search.tables import Fragment, Sorted
from services.events.editions.editions.public import Public
from services.events.editions.series.model import Series
from services.events.tables import EventsTable


class EditionFragment(Fragment, EventsTable):
    """A piece of a name by which an edition is found."""

    __tablename__ = "edition_fragments"

    owner_id: Mapped[Id] = mapped_column(ForeignKey("editions.id", ondelete="CASCADE"), primary_key=True)


class Edition(Public, Subject, Sorted, EventsTable):
    """One holding of a series (届), as the 14th; entries are taken from `opens_at` until just before `closes_at`."""

    __tablename__ = "editions"
    subject = "edition"
    fragments = EditionFragment
    __table_args__ = (
        Index("uq_editions_number", "series_id", "number", unique=True),
        Index("ix_editions_series", "series_id", "id"),
        Index("ix_editions_alliance", "alliance_id", "id"),
        Index("ix_editions_spelling", "spelling", "id"),
        Index("ix_editions_sorted", "sort_key", "id", **only_where("published_at IS NOT NULL")),
        Index("ix_editions_public", "id", **only_where("published_at IS NOT NULL")),
        Index("ix_editions_drafts", "id", **only_where("published_at IS NULL")),
        Index("ix_editions_open", "id", **only_where("status = 'published' AND published_at IS NOT NULL")),
        Index("ix_editions_closing", "closes_at", "id", **only_where("published_at IS NOT NULL")),
        CheckConstraint("opens_at < closes_at", name="opens_before_it_closes"),
    )

    series_id: Mapped[Id] = mapped_column(ForeignKey("series.id"))
    number: Mapped[int]
    name_zh: Mapped[str]
    name_en: Mapped[str]
    alliance_id: Mapped[Id | None]
    host_region: Mapped[str]
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    series: Mapped[Series] = relationship(lazy="raise_on_sql")
    tracks: Mapped[list[Track]] = relationship(lazy="raise", order_by="Track.id", back_populates="edition")
    rounds: Mapped[list[Round]] = relationship(lazy="raise", order_by="Round.number", back_populates="edition")

    @property
    def named(self) -> Named:
        """The edition's id with the names of its series; the number stands beside it in every message."""
        return Named(id=self.id, zh=self.series.name_zh, en=self.series.name_en)

    def sought_names(self, _: datetime) -> list[str]:
        """The name of its series with its own behind it: each part of either is one of it."""
        return [f"{self.series.name_zh}{self.name_zh}", f"{self.series.name_en} {self.name_en}"]

    @classmethod
    def with_names(cls) -> Sequence[ExecutableOption]:
        return (joinedload(cls.series),)

    @property
    def about(self) -> dict[str, Any]:
        """What every message about an edition says."""
        return {
            "competition": self.named,
            "edition": self.number,
            "alliance_id": self.alliance_id,
            "opens_at": self.opens_at,
            "closes_at": self.closes_at,
            "series_id": self.series_id,
        }

    def check_can_be_published(self, now: datetime) -> None:
        """Refuses with NotADraft, or with WindowPassed where nobody could enter any more."""
        self.check_draft()
        check_window(self.opens_at, self.closes_at, now)

    @property
    def keys(self) -> dict[str, str]:
        """What rights on it look at."""
        return {"series_id": self.series_id}

    def publish(self, now: datetime) -> None:
        """Make it public; refuses as `check_can_be_published` does."""
        self.check_can_be_published(now)
        self.status, self.published_at = EditionStatus.PUBLISHED, now

    def check_draft(self) -> None:
        """Go on only if it can still be changed; refuses with NotADraft."""
        if self.status != EditionStatus.DRAFT:
            raise NotADraft("competitionId")

    def takes_entries_yet(self, now: datetime) -> bool:
        """Whether it is public and its entry window has not ended."""
        return self.status == EditionStatus.PUBLISHED and now < self.closes_at

    def check_entries_move(self, now: datetime) -> None:
        """Go on only if entries are still to be taken; refuses with NotPublished, IsCancelled or EntriesOver."""
        self.check_goes_on()
        if not self.takes_entries_yet(now):
            raise EntriesOver("competitionId")

    def move_entries(self, opens_at: datetime, closes_at: datetime, now: datetime) -> None:
        """Take entries at other times; refuses with NotPublished, EntriesOver, WindowInvalid or WindowPassed.

        Where entries are taken already, they go on being taken: the beginning is past and does not move.
        """
        self.check_entries_move(now)
        begins = self.opens_at if self.opens_at <= now else opens_at
        check_window(begins, closes_at, now)
        self.opens_at, self.closes_at = begins, closes_at
        self.moved(now)

    def check_takes_entries(self, now: datetime) -> None:
        """Go on only if it is published and `now` lies in the entry window; refuses with IsCancelled or EntriesNotOpen."""
        self.check_not_cancelled()
        if self.status != EditionStatus.PUBLISHED or not self.opens_at <= now < self.closes_at:
            raise EntriesNotOpen


class Track(KeyedByName, EventsTable):
    """A track of an edition (赛道): entries compete within it.

    `code` is its short name within the edition, as A; a rule set speaks of tracks by their codes.
    """

    __tablename__ = "tracks"
    __table_args__ = (
        Index("uq_tracks_name_zh", "edition_id", "name_zh", unique=True),
        Index("uq_tracks_name_key", "edition_id", "name_key", unique=True),
        Index("uq_tracks_code", "edition_id", "code", unique=True),
    )

    id: Mapped[Id] = mapped_column(primary_key=True)
    edition_id: Mapped[Id] = mapped_column(ForeignKey("editions.id"))
    code: Mapped[str]
    kind: Mapped[str] = mapped_column(default=TrackKind.INDIVIDUAL)
    name_zh: Mapped[str]
    name_en: Mapped[str]
    entry_fields: Mapped[list[dict[str, Any]]] = mapped_column(Json(), default=list)
    edition: Mapped[Edition] = relationship(lazy="raise_on_sql", back_populates="tracks")

    def check_takes_entries(self, now: datetime) -> None:
        """Go on only while entries are taken; refuses as its edition does."""
        self.edition.check_takes_entries(now)


class Round(Bilingual, EventsTable):
    """A round of an edition (轮次), as the provincial one; the first takes the entries, each feeds the next."""

    __tablename__ = "rounds"
    __table_args__ = (Index("uq_rounds_number", "edition_id", "number", unique=True),)

    id: Mapped[Id] = mapped_column(primary_key=True)
    edition_id: Mapped[Id] = mapped_column(ForeignKey("editions.id"))
    number: Mapped[int]
    level: Mapped[str]
    name_zh: Mapped[str]
    name_en: Mapped[str]
    edition: Mapped[Edition] = relationship(lazy="raise_on_sql", back_populates="rounds")
    stages: Mapped[list[Stage]] = relationship(lazy="raise", order_by="Stage.track_id", back_populates="round")


class Stage(Subject, EventsTable):
    """A track in a round (赛段): judged together, with one panel, one set of blind codes and one result."""

    __tablename__ = "stages"
    subject = "stage"
    __table_args__ = (
        Index("uq_stages_track", "track_id", "number", unique=True),
        Index("ix_stages_edition", "edition_id", "number", "track_id"),
        Index("ix_stages_round", "round_id", "track_id"),
    )

    edition_id: Mapped[Id] = mapped_column(ForeignKey("editions.id"))
    round_id: Mapped[Id] = mapped_column(ForeignKey("rounds.id"))
    track_id: Mapped[Id] = mapped_column(ForeignKey("tracks.id"))
    number: Mapped[int]
    status: Mapped[str] = mapped_column(default=StageStatus.UPCOMING)
    edition: Mapped[Edition] = relationship(lazy="raise_on_sql")
    round: Mapped[Round] = relationship(lazy="raise_on_sql", back_populates="stages")
    track: Mapped[Track] = relationship(lazy="raise_on_sql")

    def check_not_cancelled(self) -> None:
        """Go on only if its edition is held; refuses with IsCancelled."""
        self.edition.check_not_cancelled()

    @property
    def about(self) -> dict[str, Any]:
        """What every message about a stage says."""
        return {
            "stage_id": self.id,
            "competition": self.edition.named,
            "track": self.track.named,
            "round": self.round.named,
            "edition": self.edition.number,
            "series_id": self.edition.series_id,
        }


def check_window(opens_at: datetime, closes_at: datetime, now: datetime, field: str = "closesAt") -> None:
    """Refuses a window that ends before it begins (WindowInvalid) or that has ended already (WindowPassed)."""
    if closes_at <= opens_at:
        raise WindowInvalid(field)
    if closes_at <= now:
        raise WindowPassed(field)


def check_region(code: str, field: str) -> str:
    """The code itself if GB/T 2260 has it; refuses with UnknownRegion."""
    if region(code) is None:
        raise UnknownRegion(field, region=code)
    return code


def check_each_once(values: Iterable[str], field: str, *, key: Callable[[str], str] = str) -> None:
    """Refuses with GivenTwice the first value that comes again; values of one `key` are the same."""
    seen = set[str]()
    for value in values:
        if key(value) in seen:
            raise GivenTwice(field, value=value)
        seen.add(key(value))


def check_province(code: str, field: str) -> str:
    """The code itself if it is that of a province; refuses with UnknownRegion."""
    found = region(code)
    if found is None or found.level != "province":
        raise UnknownRegion(field, region=code)
    return code
