"""Motions (提请): what one person wants done to a panel, a draw or an award, and a second has to sign before it is done."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from contracts.events.judging.motions import MotionStatus
from contracts.refusals import NothingProposed
from kit.data.db import Id, only_where
from kit.data.subjects import Subject
from procedures.countersigning.countersigning import Countersigned, two_people_sign
from services.events.editions.editions.model import Edition, Stage
from services.events.tables import EventsTable

FORMAT = "delta-hub-motion/1"


class Motion(Countersigned, Subject, EventsTable):
    """One motion. `about_id` is the seat, draw or award that `act` is about; `arguments` is what else the act takes.

    Nothing of it changes but its status; of one act on one thing one motion waits at a time.
    """

    __tablename__ = "motions"
    subject = "motion"
    __table_args__ = (
        Index("uq_motions_waiting", "act", "about_id", unique=True, **only_where("status = 'proposed'")),
        Index("ix_motions_edition", "edition_id", "id"),
        Index("ix_motions_status", "edition_id", "status", "id"),
        two_people_sign(),
        CheckConstraint("(status = 'carried') = (signed_by IS NOT NULL)", name="carried_by_two"),
    )

    edition_id: Mapped[Id] = mapped_column(ForeignKey("editions.id"))
    stage_id: Mapped[Id | None] = mapped_column(ForeignKey("stages.id"))
    act: Mapped[str]
    about_id: Mapped[Id]
    arguments: Mapped[dict[str, Any]]
    reason: Mapped[str]
    status: Mapped[str]
    lapses_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    edition: Mapped[Edition] = relationship(lazy="raise")
    stage: Mapped[Stage | None] = relationship(lazy="raise")

    @property
    def document(self) -> dict[str, Any]:
        """What the digest is of: all that the second person agrees to."""
        return {
            "format": FORMAT,
            "motion": self.id,
            "competition": self.edition_id,
            "stage": self.stage_id,
            "act": self.act,
            "about": self.about_id,
            "arguments": self.arguments,
            "reason": self.reason,
        }

    def carry(self, *, person: str, digest: str, now: datetime) -> None:
        """Sign it as its second person; refuses with NothingProposed, DigestDiffers or SecondPersonNeeded."""
        self._check_waits(now)
        self.sign(person=person, digest=digest, field="motionId")
        self.status, self.ended_at = MotionStatus.CARRIED, now

    def withdraw(self, now: datetime) -> None:
        """Take it back; refuses with NothingProposed."""
        self._check_waits(now)
        self.status, self.ended_at = MotionStatus.WITHDRAWN, now

    def lapse(self, now: datetime) -> bool:
        """Let it wait no longer if its time is over; whether that is so."""
        if self.status != MotionStatus.PROPOSED or now < self.lapses_at:
            return False
        self.status, self.ended_at = MotionStatus.LAPSED, now
        return True

    def _check_waits(self, now: datetime) -> None:
        if self.status != MotionStatus.PROPOSED or now >= self.lapses_at:
            raise NothingProposed("motionId")
