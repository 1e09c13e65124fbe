"""Re-judging (复评): what an upheld objection changes, previewed as a difference before it becomes a new version."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from contracts.events.judging.rejudging import (
    NotAppointed,
    NotInRejudging,
    RejudgingStands,
    RejudgingStatus,
    RulingKind,
    RulingLifted,
)
from kit.data.db import Id, only_where
from kit.data.subjects import Subject
from services.events.judging.objections.model import Objection
from services.events.tables import EventsTable

S = RejudgingStatus


class Rejudging(Subject, EventsTable):
    """A set of entries that are judged again for one objection; nothing counts until it is applied as a whole.

    `people` are the judges appointed to it. `difference` is what was applied: a list as `difference.written` has it.
    """

    __tablename__ = "rejudgings"
    subject = "rejudging"
    __table_args__ = (Index("uq_rejudgings_objection", "objection_id", unique=True),)

    objection_id: Mapped[Id] = mapped_column(ForeignKey("objections.id"))
    result_id: Mapped[Id] = mapped_column(ForeignKey("results.id"))
    status: Mapped[str]
    entry_ids: Mapped[list[str]]
    people: Mapped[list[str]]
    opened_by: Mapped[str]
    applied_by: Mapped[str | None]
    applied_at: Mapped[datetime | None]
    difference: Mapped[dict[str, Any] | None]
    difference_digest: Mapped[str | None]
    cancel_reason: Mapped[str] = mapped_column(default="")
    objection: Mapped[Objection] = relationship(lazy="raise")
    sheets: Mapped[list[RejudgedSheet]] = relationship(lazy="raise", order_by="RejudgedSheet.id")
    rulings: Mapped[list[Ruling]] = relationship(lazy="raise", order_by="Ruling.id")

    @property
    def newest_sheets(self) -> list[RejudgedSheet]:
        """The last sheet for each assignment."""
        return list({sheet.assignment_id: sheet for sheet in self.sheets}.values())

    @property
    def standing_rulings(self) -> list[Ruling]:
        return [ruling for ruling in self.rulings if ruling.lifted_at is None]

    def check_open(self) -> None:
        """Go on only while it can be changed; refuses with RejudgingStands."""
        self.check(S.OPEN)

    def check(self, status: RejudgingStatus) -> None:
        if self.status != status:
            raise RejudgingStands("rejudgingId", status=self.status)

    def check_covers(self, entry_id: str | None, field: str) -> None:
        """Go on only for an entry that it is about; refuses with NotInRejudging."""
        if entry_id not in self.entry_ids:
            raise NotInRejudging(field)

    def check_appointed(self, person: str) -> None:
        """Go on only for one of its judges; refuses with NotAppointed."""
        if person not in self.people:
            raise NotAppointed


class RejudgedSheet(EventsTable):
    """A sheet given in a re-judging; a later one for the same assignment counts instead, and both stay."""

    __tablename__ = "rejudged_sheets"
    __table_args__ = (Index("ix_rejudged_sheets_rejudging", "rejudging_id", "id"),)

    id: Mapped[Id] = mapped_column(primary_key=True)
    rejudging_id: Mapped[Id] = mapped_column(ForeignKey("rejudgings.id"))
    assignment_id: Mapped[Id] = mapped_column(ForeignKey("judge_assignments.id"))
    seat_id: Mapped[Id]
    code: Mapped[str]
    appointed: Mapped[bool]
    points: Mapped[dict[str, Any]]
    remark: Mapped[str]
    person: Mapped[str]
    given_at: Mapped[datetime]


class Ruling(EventsTable):
    """A decision of the panel about one sheet or one entry; lifted, it no longer counts and stays all the same."""

    __tablename__ = "rulings"
    __table_args__ = (
        Index(
            "uq_rulings_sheet",
            "rejudging_id",
            "assignment_id",
            unique=True,
            **only_where("lifted_at IS NULL AND assignment_id IS NOT NULL"),
        ),
        Index(
            "uq_rulings_entry",
            "rejudging_id",
            "entry_id",
            unique=True,
            **only_where("lifted_at IS NULL AND assignment_id IS NULL"),
        ),
        CheckConstraint("(kind = 'sheet_excluded') = (assignment_id IS NOT NULL)", name="a_sheet_is_excluded"),
    )

    id: Mapped[Id] = mapped_column(primary_key=True)
    rejudging_id: Mapped[Id] = mapped_column(ForeignKey("rejudgings.id"))
    kind: Mapped[str]
    entry_id: Mapped[Id] = mapped_column(ForeignKey("entries.id"))
    assignment_id: Mapped[Id | None] = mapped_column(ForeignKey("judge_assignments.id"))
    seat_id: Mapped[Id | None]
    code: Mapped[str | None]
    reason: Mapped[str]
    person: Mapped[str]
    given_at: Mapped[datetime]
    lifted_at: Mapped[datetime | None]

    def lift(self, now: datetime) -> None:
        """Let it count no longer; refuses with RulingLifted."""
        if self.lifted_at is not None:
            raise RulingLifted("rulingId")
        self.lifted_at = now

    @property
    def disqualifies(self) -> bool:
        return self.kind == RulingKind.DISQUALIFIED
