"""Phases (阶段): the dated parts of a round, which the scheduler opens and closes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from contracts.events.editions.phases import PhaseOver, PhaseState
from kit.data.db import Id
from kit.data.subjects import Subject
from services.events.editions.editions.model import Round, check_window
from services.events.tables import EventsTable

OVER = (PhaseState.CLOSED, PhaseState.CANCELLED)
"""How a phase stands that nothing more comes of."""


class Phase(Subject, EventsTable):
    """A phase of a round, as that of judging; it is open from `opens_at` until just before `closes_at`.

    `sequence` grows with every change of its times, as calendars want it (RFC 5545, SEQUENCE).
    """

    __tablename__ = "phases"
    subject = "phase"
    __table_args__ = (
        Index("uq_phases_kind", "round_id", "kind", unique=True),
        Index("ix_phases_edition", "edition_id", "opens_at", "id"),
        Index("ix_phases_closing", "closes_at", "id"),
        CheckConstraint("opens_at < closes_at", name="opens_before_it_closes"),
    )

    edition_id: Mapped[Id] = mapped_column(ForeignKey("editions.id"))
    round_id: Mapped[Id] = mapped_column(ForeignKey("rounds.id"))
    kind: Mapped[str]
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(default=PhaseState.UPCOMING)
    sequence: Mapped[int] = mapped_column(default=0)
    changed_at: Mapped[datetime]
    round: Mapped[Round] = relationship(lazy="raise_on_sql")

    def is_open(self, now: datetime) -> bool:
        """Whether it is open at this moment, also where the scheduler is late."""
        return self.state not in OVER and self.opens_at <= now < self.closes_at

    def move(self, opens_at: datetime, closes_at: datetime, now: datetime) -> None:
        """Give it other times; refuses with PhaseOver, WindowInvalid or WindowPassed.

        One that is open already stays open: its beginning is past and does not move.
        """
        if self.state in OVER:
            raise PhaseOver("phaseId")
        begins = self.opens_at if self.state == PhaseState.OPEN else opens_at
        check_window(begins, closes_at, now)
        self.opens_at, self.closes_at = begins, closes_at
        self.sequence, self.changed_at = self.sequence + 1, now

    def cancel(self, now: datetime) -> None:
        """Let nothing more come of it."""
        self.state = PhaseState.CANCELLED
        self.sequence, self.changed_at = self.sequence + 1, now

    def reinstate(self, now: datetime) -> None:
        """Let it come after all, at the times that it had."""
        self.state = PhaseState.OPEN if self.opens_at <= now else PhaseState.UPCOMING
        self.sequence, self.changed_at = self.sequence + 1, now
