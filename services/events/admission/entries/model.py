"""Entries (报名): who competes in a track, for whom, and in which stages."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from contracts.base import Named
from contracts.events.admission.entries import AlreadyErased, EntryEnded, EntryStatus, ParticipantStatus
from contracts.events.admission.waiting import NoOffer, OfferOver
from contracts.events.editions.cancelling import IsCancelled
from contracts.names import name_key
from kit.data.db import Id, only_where
from kit.data.name_keys import NameKey
from kit.data.subjects import Subject
from services.events.editions.editions.model import Edition, Track
from services.events.tables import EventsTable

S = EntryStatus
STANDING = (S.ENTERED, S.WAITING, S.OFFERED)
"""How an entry stands that has not ended."""
CONCERNED = (*STANDING, S.CANCELLED)
"""How an entry stands whose people are still told of its competition."""


class Entry(Subject, EventsTable):
    """A delegation's entry (报名) for one contestant, which holds one place of its quota as long as it stands.

    `contestant` is the name of a team or person to show, personal data like its members; no message carries it. While no
    place is free it waits, in the order of its id; one on offer is held for it until `offered_until`. `group_name` joins
    entries of the same organisation and track that want to come together. One whose competition was cancelled `stood_as`
    entered, waiting or offered before.
    """

    __tablename__ = "entries"
    subject = "entry"
    __table_args__ = (
        Index(
            "uq_entries_standing",
            "track_id",
            "organization_id",
            "contestant",
            unique=True,
            **only_where("status IN ('entered', 'waiting', 'offered') AND erased_at IS NULL"),
        ),
        Index(
            "uq_entries_contestant_key",
            "track_id",
            "organization_id",
            "contestant_key",
            unique=True,
            **only_where("status IN ('entered', 'waiting', 'offered') AND erased_at IS NULL"),
        ),
        Index("ix_entries_edition", "edition_id", "id"),
        Index("ix_entries_status", "edition_id", "status", "id"),
        Index("ix_entries_organization", "edition_id", "organization_id", "id"),
        Index("ix_entries_of_organization", "organization_id", "id"),
        Index("ix_entries_province", "edition_id", "province", "id"),
        Index("ix_entries_province_status", "edition_id", "province", "status", "id"),
        Index("ix_entries_track", "track_id", "status", "id"),
        Index("ix_entries_quota", "quota_id", "status", "id"),
        Index("ix_entries_offered", "offered_until", "id", **only_where("status = 'offered'")),
        CheckConstraint("(status = 'offered') = (offered_until IS NOT NULL)", name="offered_until_a_time"),
    )

    edition_id: Mapped[Id] = mapped_column(ForeignKey("editions.id"))
    track_id: Mapped[Id] = mapped_column(ForeignKey("tracks.id"))
    organization_id: Mapped[Id]
    province: Mapped[str]
    contestant: Mapped[str]
    contestant_key: Mapped[NameKey]
    status: Mapped[str]
    quota_id: Mapped[Id | None]
    group_name: Mapped[str | None]
    offered_until: Mapped[datetime | None]
    substitutions: Mapped[int] = mapped_column(default=0)
    stood_as: Mapped[str | None]
    withdrawn_at: Mapped[datetime | None]
    erased_at: Mapped[datetime | None]
    edition: Mapped[Edition] = relationship(lazy="raise_on_sql")
    track: Mapped[Track] = relationship(lazy="raise_on_sql")
    members: Mapped[list[Member]] = relationship(lazy="raise", order_by="Member.id", back_populates="entry")
    answers: Mapped[list[EntryAnswer]] = relationship(lazy="raise", order_by="EntryAnswer.key", back_populates="entry")

    @validates("contestant")
    def _keep_key(self, _: str, contestant: str) -> str:
        self.contestant_key = name_key(contestant)
        return contestant

    @property
    def keys(self) -> dict[str, str]:
        """What rights on it look at."""
        return {
            "entry_id": self.id,
            "organization_id": self.organization_id,
            "province": self.province,
            "series_id": self.edition.series_id,
        }

    def about(self, organization: Named) -> dict[str, Any]:
        """What every message about it says."""
        return {
            "entry_id": self.id,
            "competition": self.edition.named,
            "track": self.track.named,
            "organization": organization,
            "province": self.province,
            "edition": self.edition.number,
            "series_id": self.edition.series_id,
        }

    @property
    def stands(self) -> bool:
        """Whether it has a place, has one on offer, or waits for one."""
        return self.status in STANDING

    def check_stands(self) -> None:
        """Go on only if it has not ended; refuses with IsCancelled or EntryEnded."""
        if self.status == S.CANCELLED:
            raise IsCancelled
        if not self.stands:
            raise EntryEnded("entryId")

    def check_named(self) -> None:
        """Go on only if the name under which it is shown is still here; refuses with AlreadyErased."""
        if self.erased_at:
            raise AlreadyErased("entryId")

    def check_answers_change(self, now: datetime) -> None:
        """Go on only if it can answer anew; refuses with IsCancelled, EntryEnded, AlreadyErased or EntriesNotOpen."""
        self.check_stands()
        self.check_named()
        self.edition.check_takes_entries(now)

    def withdraw(self, now: datetime) -> None:
        """End it; refuses with EntryEnded where it has ended before."""
        self.check_stands()
        self.status, self.withdrawn_at, self.offered_until = S.WITHDRAWN, now, None

    def offer(self, until: datetime) -> None:
        """Hold a place for it; it waits for one."""
        self.status, self.offered_until = S.OFFERED, until

    def accept(self, now: datetime) -> None:
        """Take the place on offer; refuses with NoOffer, or OfferOver where its time is over."""
        self.check_offer(now)
        self.status, self.offered_until = S.ENTERED, None

    def decline(self, now: datetime) -> None:
        """End it rather than take the place; refuses as `accept` does."""
        self.check_offer(now)
        self.withdraw(now)

    def lapse(self) -> None:
        """End it, for its time to wait or to accept is over."""
        self.status, self.offered_until = S.LAPSED, None

    def check_offer(self, now: datetime) -> None:
        """Go on only if a place is on offer; refuses with NoOffer, or OfferOver where its time is over."""
        if self.status == S.CANCELLED:
            raise IsCancelled
        if self.offered_until is None:
            raise NoOffer("entryId")
        if now >= self.offered_until:
            raise OfferOver("entryId")


class Member(EventsTable):
    """Somebody of an entry: a contestant or an adviser (指导教师). Their name is personal data and can be erased.

    `person` is the subject of their token, where it is known; `person_key` tells apart two people of one name without
    keeping their identity number.
    """

    __tablename__ = "members"
    __table_args__ = (
        Index("ix_members_entry", "entry_id", "id"),
        Index("ix_members_person", "person", "id", **only_where("person IS NOT NULL")),
        Index("ix_members_key", "person_key", "entry_id", **only_where("person_key IS NOT NULL")),
    )

    id: Mapped[Id] = mapped_column(primary_key=True)
    entry_id: Mapped[Id] = mapped_column(ForeignKey("entries.id"))
    role: Mapped[str]
    name: Mapped[str]
    organization_id: Mapped[Id]
    person: Mapped[str | None]
    person_key: Mapped[str | None]
    erased_at: Mapped[datetime | None]
    entry: Mapped[Entry] = relationship(lazy="raise_on_sql", back_populates="members")


class EntryAnswer(EventsTable):
    """What an entry answers in a field of the entry form, as text; personal data if it is `sensitive`, and no message's."""

    __tablename__ = "entry_answers"

    entry_id: Mapped[Id] = mapped_column(ForeignKey("entries.id"), primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
    sensitive: Mapped[bool]
    entry: Mapped[Entry] = relationship(lazy="raise_on_sql", back_populates="answers")


class PersonCount(EventsTable):
    """How many standing entries a person has in one role, in a track, an edition or a series (`scope_id`).

    A row that every entry of the person must change, so that two at once cannot both be the last one allowed.
    """

    __tablename__ = "person_counts"
    __table_args__ = (CheckConstraint("entries >= 0", name="counts"),)

    scope_id: Mapped[Id] = mapped_column(primary_key=True)
    role: Mapped[str] = mapped_column(primary_key=True)
    person_key: Mapped[str] = mapped_column(primary_key=True)
    entries: Mapped[int]


class Participant(EventsTable):
    """An entry in a stage: those that stand at the closing compete in the first, those that advance in the next."""

    __tablename__ = "participants"
    __table_args__ = (
        Index("ix_participants_entry", "entry_id", "stage_id"),
        Index("ix_participants_withdrawn", "stage_id", "entry_id", **only_where("status = 'withdrawn'")),
    )

    stage_id: Mapped[Id] = mapped_column(ForeignKey("stages.id"), primary_key=True)
    entry_id: Mapped[Id] = mapped_column(ForeignKey("entries.id"), primary_key=True)
    status: Mapped[str] = mapped_column(default=ParticipantStatus.COMPETING)
    entry: Mapped[Entry] = relationship(lazy="raise_on_sql")
