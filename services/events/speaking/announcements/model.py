"""Announcements (通告): what the organisers of an edition say, to whom, when, and to whom it has been said."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from contracts.authority import Role
from contracts.base import Named
from contracts.events.speaking.announcements import (
    AlreadySaid,
    AnnouncementStatus,
    Hearers,
    NotSaidYet,
    NotScheduled,
)
from kit.data.db import Id, only_where
from kit.data.subjects import Subject
from services.events.editions.editions.model import Edition
from services.events.tables import EventsTable

S = AnnouncementStatus
UNSAID = (S.DRAFT, S.SCHEDULED)

HEARD_AS: Mapping[str, Role] = {Hearers.DELEGATIONS: Role.DELEGATION_LEADER, Hearers.JUDGES: Role.JUDGE}
"""As what an announcement is heard, where that is not as the representative of an institution."""


class Announcement(Subject, EventsTable):
    """One announcement: both texts, and the filter that was frozen when it was written.

    It is said in waves: `reached` hearers up to the one `behind` which the next wave begins. One that `corrects` another is
    said to those who have heard that one.
    """

    __tablename__ = "announcements"
    subject = "announcement"
    __table_args__ = (
        Index("ix_announcements_edition", "edition_id", "id"),
        Index("ix_announcements_going", "edition_id", "goes_at"),
        Index("ix_announcements_public", "edition_id", "id", **only_where("public")),
        CheckConstraint("(status = 'draft') = (goes_at IS NULL)", name="goes_at_a_time"),
    )

    edition_id: Mapped[Id] = mapped_column(ForeignKey("editions.id"))
    to: Mapped[str]
    track_id: Mapped[Id | None] = mapped_column(ForeignKey("tracks.id"))
    province: Mapped[str | None]
    organization_ids: Mapped[list[str]] = mapped_column(default=list)
    public: Mapped[bool]
    title_zh: Mapped[str]
    title_en: Mapped[str]
    text_zh: Mapped[str]
    text_en: Mapped[str]
    status: Mapped[str] = mapped_column(default=S.DRAFT)
    goes_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    reached: Mapped[int] = mapped_column(default=0)
    behind: Mapped[str | None]
    corrects_id: Mapped[Id | None] = mapped_column(ForeignKey("announcements.id"))
    edition: Mapped[Edition] = relationship(lazy="raise_on_sql")
    corrects: Mapped[Announcement | None] = relationship(lazy="raise_on_sql", remote_side="Announcement.id")

    @property
    def keys(self) -> dict[str, Any]:
        """What rights on it look at."""
        return {"announcement_id": self.id, "series_id": self.edition.series_id, "public": self.is_public}

    @property
    def is_public(self) -> bool:
        """Whether everybody may read it."""
        return self.public and self.status not in UNSAID

    @property
    def named(self) -> Named:
        return Named(id=self.id, zh=self.title_zh, en=self.title_en)

    @property
    def about(self) -> dict[str, Any]:
        """What every message about it says."""
        return {
            "announcement": self.named,
            "competition": self.edition.named,
            "edition": self.edition.number,
            "series_id": self.edition.series_id,
            "to": self.to,
        }

    @property
    def heard_as(self) -> Role:
        """As what its hearers hear it."""
        return HEARD_AS.get(self.to, Role.REPRESENTATIVE)

    def check_unsaid(self) -> None:
        """Go on only while nobody has been told; refuses with AlreadySaid."""
        if self.status not in UNSAID:
            raise AlreadySaid("announcementId")

    def check_sent(self) -> None:
        """Go on only if everybody has been told; refuses with NotSaidYet."""
        if self.status != S.SENT:
            raise NotSaidYet("announcementId")

    def schedule(self, goes_at: datetime) -> None:
        """Have it said at this moment; refuses with AlreadySaid."""
        self.check_unsaid()
        self.status, self.goes_at = S.SCHEDULED, goes_at

    def check_scheduled(self) -> None:
        """Go on only while its time is to come; refuses with AlreadySaid or NotScheduled."""
        self.check_unsaid()
        if self.status != S.SCHEDULED:
            raise NotScheduled("announcementId")

    def stop(self) -> None:
        """Let it be a draft again; refuses as `check_scheduled` does."""
        self.check_scheduled()
        self.status, self.goes_at = S.DRAFT, None

    def is_due(self, now: datetime) -> bool:
        """Whether it is to be said, or said on, at this moment."""
        return self.status == S.SENDING or (
            self.status == S.SCHEDULED and self.goes_at is not None and self.goes_at <= now
        )


class Hearer(EventsTable):
    """That an announcement was said: to an institution, the delegation of a province or a person, by what names them."""

    __tablename__ = "announcement_hearers"
    __table_args__ = (Index("ix_announcement_hearers_hearer", "hearer", "announcement_id"),)

    announcement_id: Mapped[Id] = mapped_column(ForeignKey("announcements.id"), primary_key=True)
    heard_as: Mapped[str] = mapped_column(primary_key=True)
    hearer: Mapped[str] = mapped_column(primary_key=True)
