"""Competitions (竞赛): series, their editions, tracks with a quota for each province, and the entries that fill it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from contracts.base import Named
from contracts.events import (
    EditionStatus,
    EntriesNotOpen,
    EntryEnded,
    EntryStatus,
    GivenTwice,
    NotADraft,
    WindowInvalid,
    WindowPassed,
)
from contracts.refusals import UnknownRegion
from contracts.regions import region
from kit.db import Id, Subject, only_where
from services.events.tables import EventsTable


class Series(Subject, EventsTable):
    """A competition series (竞赛系列), held again and again; its organisers hold a grant on its id.

    `alliance_id` is the alliance for whose members its editions are, where nothing else is said.
    """

    __tablename__ = "series"
    __table_args__ = (Index("uq_series_name_zh", "name_zh", unique=True),)

    name_zh: Mapped[str]
    name_en: Mapped[str]
    alliance_id: Mapped[Id | None]

    @property
    def named(self) -> Named:
        return Named(id=self.id, zh=self.name_zh, en=self.name_en)


class Edition(Subject, EventsTable):
    """One holding of a series (届), as the 14th; entries are taken from `opens_at` until just before `closes_at`."""

    __tablename__ = "editions"
    __table_args__ = (
        Index("uq_editions_number", "series_id", "number", unique=True),
        Index("ix_editions_series", "series_id", "id"),
        Index("ix_editions_alliance", "alliance_id", "id"),
        Index("ix_editions_public", "id", **only_where("published_at IS NOT NULL")),
        Index("ix_editions_drafts", "id", **only_where("published_at IS NULL")),
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
    status: Mapped[str]
    published_at: Mapped[datetime | None]
    series: Mapped[Series] = relationship(lazy="raise")
    tracks: Mapped[list[Track]] = relationship(lazy="raise", order_by="Track.id", back_populates="edition")

    @property
    def named(self) -> Named:
        """The edition's id with the names of its series; the number stands beside it in every message."""
        return Named(id=self.id, zh=self.series.name_zh, en=self.series.name_en)

    def publish(self, now: datetime) -> None:
        """Make it public; refuses with NotADraft, or WindowPassed where nobody could enter any more."""
        if self.status != EditionStatus.DRAFT:
            raise NotADraft("competitionId")
        check_window(self.opens_at, self.closes_at, now)
        self.status, self.published_at = EditionStatus.PUBLISHED, now

    def check_takes_entries(self, now: datetime) -> None:
        """Go on only if it is published and `now` lies in the entry window; refuses with EntriesNotOpen."""
        if self.status != EditionStatus.PUBLISHED or not self.opens_at <= now < self.closes_at:
            raise EntriesNotOpen


class Track(EventsTable):
    """A track of an edition (赛道): entries compete within it."""

    __tablename__ = "tracks"
    __table_args__ = (Index("uq_tracks_name_zh", "edition_id", "name_zh", unique=True),)

    id: Mapped[Id] = mapped_column(primary_key=True)
    edition_id: Mapped[Id] = mapped_column(ForeignKey("editions.id"))
    name_zh: Mapped[str]
    name_en: Mapped[str]
    edition: Mapped[Edition] = relationship(lazy="raise", back_populates="tracks")
    quotas: Mapped[list[Quota]] = relationship(lazy="raise", order_by="Quota.province")

    @property
    def named(self) -> Named:
        return Named(id=self.id, zh=self.name_zh, en=self.name_en)


class Quota(EventsTable):
    """The places (名额) of a province in a track: `taken` is how many entries stand, and never more than `places`.

    `closed` is the last word on the entry window: it is set in the row that every entry must change, so that the
    number of entries at the closing is exact without a lock that entries would have to share.
    """

    __tablename__ = "quotas"
    __table_args__ = (CheckConstraint("taken BETWEEN 0 AND places", name="never_oversold"),)

    track_id: Mapped[Id] = mapped_column(ForeignKey("tracks.id"), primary_key=True)
    province: Mapped[str] = mapped_column(primary_key=True)
    places: Mapped[int]
    taken: Mapped[int] = mapped_column(default=0)
    closed: Mapped[bool] = mapped_column(default=False)

    @property
    def free(self) -> int:
        return self.places - self.taken


class Entry(Subject, EventsTable):
    """A delegation's entry (报名) for one contestant, which holds one place of its province as long as it stands.

    `contestant` is the name of a team or person to show, the only personal data; no message carries it.
    """

    __tablename__ = "entries"
    __table_args__ = (
        Index(
            "uq_entries_standing",
            "track_id",
            "organization_id",
            "contestant",
            unique=True,
            **only_where("status = 'entered'"),
        ),
        Index("ix_entries_edition", "edition_id", "id"),
        Index("ix_entries_organization", "edition_id", "organization_id", "id"),
        Index("ix_entries_province", "edition_id", "province", "id"),
    )

    edition_id: Mapped[Id] = mapped_column(ForeignKey("editions.id"))
    track_id: Mapped[Id] = mapped_column(ForeignKey("tracks.id"))
    organization_id: Mapped[Id]
    province: Mapped[str]
    contestant: Mapped[str]
    status: Mapped[str]
    withdrawn_at: Mapped[datetime | None]
    edition: Mapped[Edition] = relationship(lazy="raise")
    track: Mapped[Track] = relationship(lazy="raise")

    def withdraw(self, now: datetime) -> None:
        """End it; refuses with EntryEnded where that was done before."""
        if self.status != EntryStatus.ENTERED:
            raise EntryEnded("entryId")
        self.status, self.withdrawn_at = EntryStatus.WITHDRAWN, now


def check_window(opens_at: datetime, closes_at: datetime, now: datetime) -> None:
    """Refuses a window that ends before it begins (WindowInvalid) or that has ended already (WindowPassed)."""
    if closes_at <= opens_at:
        raise WindowInvalid("closesAt")
    if closes_at <= now:
        raise WindowPassed("closesAt")


def check_region(code: str, field: str) -> str:
    """The code itself if GB/T 2260 has it; refuses with UnknownRegion."""
    if region(code) is None:
        raise UnknownRegion(field, region=code)
    return code


def check_province(code: str, field: str) -> str:
    """The code itself if it is that of a province; refuses with UnknownRegion."""
    found = region(code)
    if found is None or found.level != "province":
        raise UnknownRegion(field, region=code)
    return code


def check_each_once(values: Iterable[str], field: str) -> None:
    """Refuses with GivenTwice."""
    value, times = Counter(values).most_common(1)[0]
    if times > 1:
        raise GivenTwice(field, value=value)
