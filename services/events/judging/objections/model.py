"""Objections (异议) and the panels that decide on them: by drawn arbitrators (仲裁员), by majority."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from contracts.events.judging.objections import AlreadyVoted, NotSeated, ObjectionStands, ObjectionStatus
from kit.data.db import Id
from kit.data.subjects import Subject
from services.events.editions.series.model import Series
from services.events.judging.results.model import Result
from services.events.tables import EventsTable

S = ObjectionStatus
UNDECIDED = (S.FILED, S.SEATED)
OPEN = (*UNDECIDED, S.UPHELD)


class Arbitrator(EventsTable):
    """Somebody who can be drawn for a panel of a series, with where they work: what conflicts are found by."""

    __tablename__ = "arbitrators"
    __table_args__ = (
        Index("uq_arbitrators_person", "series_id", "person", unique=True),
        Index("ix_arbitrators_series", "series_id", "id"),
    )

    id: Mapped[Id] = mapped_column(primary_key=True)
    series_id: Mapped[Id] = mapped_column(ForeignKey("series.id"))
    person: Mapped[str]
    organization_id: Mapped[Id]
    province: Mapped[str]
    created_at: Mapped[datetime]
    series: Mapped[Series] = relationship(lazy="raise")


class Objection(Subject, EventsTable):
    """An objection to the version `number` of a result, about one entry, on one ground.

    `statement` is confidential: for who objects, the organisers and the panel. `draw` is how the panel came about:
    {"seed", "seats", "roster", "excluded"}, from which it can be drawn again.
    """

    __tablename__ = "objections"
    subject = "objection"
    __table_args__ = (
        Index("uq_objections_ground", "result_id", "number", "entry_id", "ground", unique=True),
        Index("ix_objections_delegation", "result_id", "number", "delegation"),
        Index("ix_objections_result", "result_id", "id"),
        Index("ix_objections_person", "person", "id"),
        CheckConstraint(
            "(status IN ('filed', 'seated', 'upheld')) = (closed_at IS NULL)", name="open_until_it_is_closed"
        ),
    )

    result_id: Mapped[Id] = mapped_column(ForeignKey("results.id"))
    number: Mapped[int]
    entry_id: Mapped[Id] = mapped_column(ForeignKey("entries.id"))
    ground: Mapped[str]
    standing: Mapped[str]
    delegation: Mapped[str]
    person: Mapped[str]
    organization_id: Mapped[Id]
    organization_zh: Mapped[str]
    organization_en: Mapped[str]
    province: Mapped[str]
    statement: Mapped[str]
    status: Mapped[str]
    decision_due_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    remedy_due_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    closing_reason: Mapped[str] = mapped_column(default="")
    draw: Mapped[dict[str, Any] | None]
    result: Mapped[Result] = relationship(lazy="raise")
    seats: Mapped[list[ArbitratorSeat]] = relationship(lazy="raise", order_by="ArbitratorSeat.id")

    @property
    def panel(self) -> list[ArbitratorSeat]:
        """Who sits on it now."""
        return [seat for seat in self.seats if seat.left_at is None]

    @property
    def due_at(self) -> datetime | None:
        """Until when its panel is to decide, or to remedy what it has upheld."""
        return self.remedy_due_at if self.status == S.UPHELD else self.decision_due_at

    @property
    def waited_for(self) -> list[str]:
        """The people on the panel who have not voted."""
        return [seat.person for seat in self.panel if seat.upholds is None]

    @property
    def remedying(self) -> list[str]:
        """The people on the panel who see to the remedy: those who were not against it."""
        return [seat.person for seat in self.panel if seat.upholds is not False]

    def check(self, *statuses: ObjectionStatus) -> None:
        """Go on only where it stands at one of these; refuses with ObjectionStands."""
        if self.status not in statuses:
            raise ObjectionStands("objectionId", status=self.status)

    def check_undecided(self) -> None:
        """Go on only before the panel has decided; refuses with ObjectionStands."""
        self.check(*UNDECIDED)

    def check_can_be_seated(self) -> None:
        """Go on only where it has no panel yet; refuses with IsCancelled or ObjectionStands."""
        self.result.stage.check_not_cancelled()
        self.check(S.FILED)

    def check_can_be_decided_by(self, person: str) -> ArbitratorSeat:
        """The seat of somebody who may vote now; refuses with IsCancelled, ObjectionStands, NotSeated or AlreadyVoted."""
        self.result.stage.check_not_cancelled()
        self.check(S.SEATED)
        seat = self.check_seated(person)
        if seat.upholds is not None:
            raise AlreadyVoted
        return seat

    def check_remedied_by(self, person: str) -> None:
        """Go on only where it is upheld, for somebody of the panel who did not vote against it.

        Whoever was outvoted has no say in the remedy. Refuses with ObjectionStands, NotSeated or IsCancelled.
        """
        self.check(S.UPHELD)
        self.check_upheld_by(person)
        self.result.stage.check_not_cancelled()

    def check_upheld_by(self, person: str) -> None:
        """Go on only for somebody of the panel who did not vote against; refuses with NotSeated."""
        if self.check_seated(person).upholds is False:
            raise NotSeated

    def check_seated(self, person: str) -> ArbitratorSeat:
        """The seat of somebody who sits on the panel; refuses with NotSeated."""
        found = next((seat for seat in self.panel if seat.person == person), None)
        if found is None:
            raise NotSeated
        return found

    def vote(self, *, person: str, upholds: bool, reason: str, now: datetime) -> bool | None:
        """Take a vote; what the majority of the panel has decided with it, None while there is none.

        What is upheld stays open; whoever hears that it is not closes it.

        Refuses with IsCancelled, ObjectionStands, NotSeated or AlreadyVoted.
        """
        seat = self.check_can_be_decided_by(person)
        seat.upholds, seat.reason, seat.voted_at = upholds, reason, now
        alike = sum(each.upholds is upholds for each in self.panel)
        if alike * 2 <= len(self.panel):
            return None
        self.decided_at = now
        if upholds:
            self.status = S.UPHELD
        return upholds

    def close(self, status: ObjectionStatus, now: datetime, reason: str = "") -> None:
        self.status, self.closed_at, self.closing_reason = status, now, reason


class ArbitratorSeat(EventsTable):
    """A seat on the panel of an objection: the vote and its reason, or when and why somebody else took it over."""

    __tablename__ = "arbitrator_seats"
    __table_args__ = (
        Index("uq_arbitrator_seats_arbitrator", "objection_id", "arbitrator_id", unique=True),
        Index("ix_arbitrator_seats_person", "person", "objection_id"),
    )

    id: Mapped[Id] = mapped_column(primary_key=True)
    objection_id: Mapped[Id] = mapped_column(ForeignKey("objections.id"))
    arbitrator_id: Mapped[Id] = mapped_column(ForeignKey("arbitrators.id"))
    person: Mapped[str]
    upholds: Mapped[bool | None]
    reason: Mapped[str] = mapped_column(default="")
    voted_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None]

    def check_open(self) -> None:
        """Go on only where there is no vote yet; refuses with AlreadyVoted."""
        if self.upholds is not None:
            raise AlreadyVoted("seatId")

    def leave(self, reason: str, now: datetime) -> None:
        """Give the seat up; refuses with AlreadyVoted."""
        self.check_open()
        self.left_at, self.reason = now, reason

    def relieve(self, reason: str, now: datetime) -> None:
        """Let somebody else take it over who is late; a vote stays as it was given."""
        self.left_at = now
        if self.upholds is None:
            self.reason = reason
