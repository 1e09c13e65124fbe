"""Entries (报名): who competes in a track, for whom, and in which stages."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from contracts.events.entries import EntryEnded, EntryStatus, ParticipantStatus
from kit.db import Id, Subject, only_where
from services.events.competitions.model import Edition, Track
from services.events.tables import EventsTable


class Entry(Subject, EventsTable):
    """A delegation's entry (报名) for one contestant, which holds one place of its quota as long as it stands.

    `contestant` is the name of a team or person to show, personal data like its members; no message carries it.
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
        Index("ix_entries_track", "track_id", "status", "id"),
        Index("ix_entries_quota", "quota_id", "status", "id"),
    )

    edition_id: Mapped[Id] = mapped_column(ForeignKey("editions.id"))
    track_id: Mapped[Id] = mapped_column(ForeignKey("tracks.id"))
    organization_id: Mapped[Id]
    province: Mapped[str]
    contestant: Mapped[str]
    status: Mapped[str]
    quota_id: Mapped[Id | None]
    group_id: Mapped[Id | None]
    withdrawn_at: Mapped[datetime | None]
    edition: Mapped[Edition] = relationship(lazy="raise")
    track: Mapped[Track] = relationship(lazy="raise")
    members: Mapped[list[Member]] = relationship(lazy="raise", order_by="Member.id", back_populates="entry")

    def withdraw(self, now: datetime) -> None:
        """End it; refuses with EntryEnded where that was done before."""
        if self.status != EntryStatus.ENTERED:
            raise EntryEnded("entryId")
        self.status, self.withdrawn_at = EntryStatus.WITHDRAWN, now


class Member(EventsTable):
    """Somebody of an entry: a contestant or an adviser (指导教师). Their name is personal data and can be erased.

    `person` is the subject of their token, where it is known; `person_key` tells apart two people of one name without
    keeping their identity number.
    """

    __tablename__ = "members"
    __table_args__ = (
        Index("ix_members_entry", "entry_id", "id"),
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
    entry: Mapped[Entry] = relationship(lazy="raise", back_populates="members")


class Participant(EventsTable):
    """An entry in a stage: those that stand at the closing compete in the first, those that advance in the next."""

    __tablename__ = "participants"
    __table_args__ = (Index("ix_participants_entry", "entry_id", "stage_id"),)

    stage_id: Mapped[Id] = mapped_column(ForeignKey("stages.id"), primary_key=True)
    entry_id: Mapped[Id] = mapped_column(ForeignKey("entries.id"), primary_key=True)
    status: Mapped[str] = mapped_column(default=ParticipantStatus.COMPETING)
    entry: Mapped[Entry] = relationship(lazy="raise")
