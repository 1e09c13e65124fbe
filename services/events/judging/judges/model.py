"""Judges (评委): who can be drawn, how they are drawn, who sits on a panel, and which codes they judge."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from contracts.events.judging.draws import (
    AlreadyRevealed,
    CommitmentRepeated,
    Departure,
    DrawParty,
    DrawStands,
    DrawStatus,
    OtherPersonNeeded,
    PartyCommitted,
    RevealWrong,
)
from contracts.events.judging.judges import CandidateGone, CandidateStatus, SeatStands, SeatStatus
from kit.data.db import Id, only_where
from kit.data.subjects import Subject
from procedures.draws.draw import Line, Quotas, Secret, commitment, order, seated
from services.events.editions.editions.model import Edition, Stage
from services.events.tables import EventsTable

LIVE = (SeatStatus.DRAWN, SeatStatus.ACCEPTED)
"""Where a seat is somebody's."""


class Candidate(Subject, EventsTable):
    """Somebody who can be drawn as a judge of an edition (候选评委), in the tracks of `track_ids`.

    `person` is the subject of their token; neither it nor the name is in anything that is published of a draw.
    `person_key` is as in a member of an entry, where an identity number was given.
    """

    __tablename__ = "judge_candidates"
    subject = "candidate"
    __table_args__ = (
        Index("uq_judge_candidates_person", "edition_id", "person", unique=True, **only_where("status = 'nominated'")),
        Index("ix_judge_candidates_edition", "edition_id", "id"),
        Index("ix_judge_candidates_person", "person", "edition_id"),
    )

    edition_id: Mapped[Id] = mapped_column(ForeignKey("editions.id"))
    person: Mapped[str]
    person_key: Mapped[str | None]
    name: Mapped[str]
    organization_id: Mapped[Id]
    province: Mapped[str]
    track_ids: Mapped[list[str]]
    max_load: Mapped[int | None]
    status: Mapped[str] = mapped_column(default=CandidateStatus.NOMINATED)
    withdrawn_at: Mapped[datetime | None]
    edition: Mapped[Edition] = relationship(lazy="raise")
    ties: Mapped[list[CandidateTie]] = relationship(lazy="raise", order_by="CandidateTie.id")

    def withdraw(self, now: datetime) -> None:
        """End it; refuses with CandidateGone where that was done before."""
        self.check_nominated()
        self.status, self.withdrawn_at = CandidateStatus.WITHDRAWN, now

    def check_nominated(self) -> None:
        if self.status != CandidateStatus.NOMINATED:
            raise CandidateGone("candidateId")


class CandidateTie(EventsTable):
    """What a nomination or a declaration says ties a candidate to an institution or to an entry; `kind` is a TieKind."""

    __tablename__ = "judge_ties"
    __table_args__ = (
        Index("uq_judge_ties_institution", "candidate_id", "organization_id", "kind", unique=True),
        Index("uq_judge_ties_entry", "candidate_id", "entry_id", "kind", unique=True),
        CheckConstraint("(organization_id IS NULL) <> (entry_id IS NULL)", name="one_target"),
    )

    id: Mapped[Id] = mapped_column(primary_key=True)
    candidate_id: Mapped[Id] = mapped_column(ForeignKey("judge_candidates.id"))
    kind: Mapped[str]
    organization_id: Mapped[Id | None]
    entry_id: Mapped[Id | None] = mapped_column(ForeignKey("entries.id"))
    since: Mapped[date | None]
    until: Mapped[date | None]
    reason: Mapped[str] = mapped_column(default="")


class Draw(Subject, EventsTable):
    """The draw of a stage's panel (抽签). `frozen` is what the second commitment settled: stage, quotas and roster, by the
    version `rules_version` of the rules, to which judging keeps from then on.

    `excluded` and `bitten` are figures of the assignment: pairs that were excluded, and those among them that would have
    been assigned.
    """

    __tablename__ = "draws"
    subject = "draw"
    __table_args__ = (
        Index("uq_draws_stage", "stage_id", unique=True, **only_where("status <> 'cancelled'")),
        Index("ix_draws_stage", "stage_id", "id"),
    )

    stage_id: Mapped[Id] = mapped_column(ForeignKey("stages.id"))
    status: Mapped[str] = mapped_column(default=DrawStatus.COMMITTING)
    frozen: Mapped[dict[str, Any]] = mapped_column(default=dict)
    roster_public: Mapped[bool] = mapped_column(default=False)
    roster_digest: Mapped[str | None]
    rules_version: Mapped[int | None]
    seed: Mapped[str | None]
    frozen_at: Mapped[datetime | None]
    drawn_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    cancel_reason: Mapped[str | None]
    assigned_at: Mapped[datetime | None]
    excluded: Mapped[int | None]
    bitten: Mapped[int | None]
    stage: Mapped[Stage] = relationship(lazy="raise")
    parties: Mapped[list[DrawCommitment]] = relationship(lazy="raise", order_by="DrawCommitment.party")
    departures: Mapped[list[DrawDeparture]] = relationship(
        lazy="raise", order_by="DrawDeparture.at, DrawDeparture.candidate_id"
    )

    def check(self, *statuses: DrawStatus) -> None:
        """Go on only where it stands at one of these; refuses with DrawStands."""
        if self.status not in statuses:
            raise DrawStands(status=self.status)

    def commit(self, party: DrawParty, person: str, committed: str, now: datetime) -> None:
        """Take a party's commitment; refuses with PartyCommitted, OtherPersonNeeded or CommitmentRepeated."""
        self.check(DrawStatus.COMMITTING)
        for other in self.parties:
            if other.party == party:
                raise PartyCommitted
            if other.person == person:
                raise OtherPersonNeeded
            if other.commitment == committed:
                raise CommitmentRepeated("commitment")
        self.parties.append(DrawCommitment(party=party, person=person, commitment=committed, committed_at=now))

    def reveal(self, party: DrawCommitment, secret: Secret, now: datetime) -> None:
        """Take what a party reveals; refuses with AlreadyRevealed or RevealWrong."""
        self.check(DrawStatus.FROZEN)
        if party.revealed_at:
            raise AlreadyRevealed
        if commitment(secret) != party.commitment:
            raise RevealWrong("secret")
        party.secret, party.nonce, party.revealed_at = secret.secret, secret.nonce, now

    @property
    def complete(self) -> bool:
        """Whether both parties have taken their last step."""
        done = (each.revealed_at if self.status == DrawStatus.FROZEN else each.committed_at for each in self.parties)
        return len(self.parties) == len(DrawParty) and all(done)

    @property
    def secrets(self) -> Mapping[str, Secret]:
        return {each.party: Secret(each.secret or "", each.nonce or "") for each in self.parties}

    @property
    def quotas(self) -> Quotas:
        return Quotas(**self.frozen["quotas"])

    @property
    def lines(self) -> list[Line]:
        """The roster."""
        return [Line(**line) for line in self.frozen.get("roster", [])]

    @property
    def panel(self) -> list[Line]:
        """Who is to sit now, by the order of the draw and those who have left."""
        gone = {each.candidate_id for each in self.departures}
        return seated(order(self.seed or "", self.lines), self.quotas, gone)

    def lists(self, candidate_id: str) -> bool:
        """Whether a candidate is on the roster and still counts."""
        left = {each.candidate_id for each in self.departures}
        return candidate_id in {line.candidate for line in self.lines} - left

    def leave(self, candidate_id: str, how: Departure, now: datetime) -> None:
        """Let a candidate no longer count."""
        self.departures.append(DrawDeparture(candidate_id=candidate_id, how=how, at=now))


class DrawCommitment(EventsTable):
    """One of the two who draw: what they committed to, and what they have revealed. Two different people."""

    __tablename__ = "draw_parties"
    __table_args__ = (Index("uq_draw_parties_person", "draw_id", "person", unique=True),)

    draw_id: Mapped[Id] = mapped_column(ForeignKey("draws.id"), primary_key=True)
    party: Mapped[str] = mapped_column(primary_key=True)
    person: Mapped[str]
    commitment: Mapped[str]
    committed_at: Mapped[datetime]
    secret: Mapped[str | None]
    nonce: Mapped[str | None]
    revealed_at: Mapped[datetime | None]


class DrawDeparture(EventsTable):
    """Somebody on the roster of a draw who no longer counts, and why."""

    __tablename__ = "draw_departures"

    draw_id: Mapped[Id] = mapped_column(ForeignKey("draws.id"), primary_key=True)
    candidate_id: Mapped[Id] = mapped_column(ForeignKey("judge_candidates.id"), primary_key=True)
    how: Mapped[str]
    at: Mapped[datetime]


class Seat(Subject, EventsTable):
    """A seat on the panel of a stage (评委席位); a person has one at most that has not ended."""

    __tablename__ = "judge_seats"
    subject = "seat"
    __table_args__ = (
        Index(
            "uq_judge_seats_person",
            "stage_id",
            "person",
            unique=True,
            **only_where("status IN ('drawn', 'accepted')"),
        ),
        Index("uq_judge_seats_candidate", "draw_id", "candidate_id", unique=True),
        Index("ix_judge_seats_stage", "stage_id", "id"),
        Index("ix_judge_seats_person", "person", "id"),
    )

    stage_id: Mapped[Id] = mapped_column(ForeignKey("stages.id"))
    draw_id: Mapped[Id] = mapped_column(ForeignKey("draws.id"))
    candidate_id: Mapped[Id] = mapped_column(ForeignKey("judge_candidates.id"))
    person: Mapped[str]
    province: Mapped[str]
    status: Mapped[str] = mapped_column(default=SeatStatus.DRAWN)
    reason: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[datetime | None]
    candidate: Mapped[Candidate] = relationship(lazy="raise")
    draw: Mapped[Draw] = relationship(lazy="raise")
    stage: Mapped[Stage] = relationship(lazy="raise")

    @property
    def live(self) -> bool:
        return self.status in LIVE

    def check_live(self, field: str = "seatId") -> None:
        """Go on only while it is somebody's; refuses with SeatStands."""
        if not self.live:
            raise SeatStands(field, status=self.status)

    def step_to(self, status: SeatStatus, *, reason: str = "", now: datetime) -> None:
        """Answer or end it; refuses with SeatStands where it has ended, or is accepted already."""
        self.check_live()
        if self.status == status:
            raise SeatStands("seatId", status=self.status)
        self.status, self.reason, self.answered_at = status, reason, now


class Assignment(EventsTable):
    """A code that a seat judges. Its id says nothing about the entry: assignments are made in the order of codes."""

    __tablename__ = "judge_assignments"
    __table_args__ = (
        Index("uq_judge_assignments_code", "seat_id", "code", unique=True),
        Index("ix_judge_assignments_stage", "stage_id", "code", "id"),
    )

    id: Mapped[Id] = mapped_column(primary_key=True)
    stage_id: Mapped[Id] = mapped_column(ForeignKey("stages.id"))
    seat_id: Mapped[Id] = mapped_column(ForeignKey("judge_seats.id"))
    code: Mapped[str]
