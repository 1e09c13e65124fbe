"""Scoring (评分): the sheets on which judges score, every version of them, and the lock after which none changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from contracts.events.judging.scoring import (
    AlreadySubmitted,
    CriterionUnknown,
    NotSubmitted,
    PointsInvalid,
    RubricChanged,
    SheetIncomplete,
    SheetStatus,
)
from contracts.refusals import GivenTwice
from kit.data.db import Id
from kit.data.subjects import Subject
from services.events.judging.judges.model import Assignment
from services.events.judging.scoring.ranking import total_of
from services.events.judging.scoring.rules import Criterion, Rubric
from services.events.tables import EventsTable


class Sheet(Subject, EventsTable):
    """The score sheet (评分表) of an assignment, whose id it has; there is none before the judge writes the first draft.

    `seat_id` is whoever wrote it: a sheet of a seat that no longer has the assignment does not count, and the next judge
    writes it anew. `points` are decimal numbers as text by criterion, given for the rubric with the stamp `rubric`.
    """

    __tablename__ = "score_sheets"
    subject = "sheet"
    __table_args__ = (Index("ix_score_sheets_stage", "stage_id", "status", "id"),)

    id: Mapped[Id] = mapped_column(ForeignKey("judge_assignments.id"), primary_key=True)
    stage_id: Mapped[Id] = mapped_column(ForeignKey("stages.id"))
    seat_id: Mapped[Id] = mapped_column(ForeignKey("judge_seats.id"))
    status: Mapped[str]
    points: Mapped[dict[str, Any]]
    remark: Mapped[str]
    rubric: Mapped[str]
    return_reason: Mapped[str]
    submitted_at: Mapped[datetime | None]
    assignment: Mapped[Assignment] = relationship(lazy="raise", viewonly=True)

    def write(self, seat_id: str, points: Mapping[str, Decimal], remark: str, rubric: Rubric) -> None:
        """Put down a draft; refuses with AlreadySubmitted what this seat has submitted."""
        if self.seat_id == seat_id:
            self.check_draft()
        self.seat_id, self.status, self.submitted_at = seat_id, SheetStatus.DRAFT, None
        self.points = {key: f"{value:f}" for key, value in points.items()}
        self.remark, self.rubric = remark, rubric.stamp

    def check_draft(self) -> None:
        """Go on only before it is submitted; refuses with AlreadySubmitted."""
        if self.status != SheetStatus.DRAFT:
            raise AlreadySubmitted("sheetId")

    def submit(self, rubric: Rubric, now: datetime) -> None:
        """Stand by it; refuses as `check_complete` does."""
        self.check_complete(rubric)
        self.status, self.submitted_at, self.return_reason = SheetStatus.SUBMITTED, now, ""

    def check_complete(self, rubric: Rubric) -> None:
        """Go on only with a draft of all points for this rubric.

        Refuses with AlreadySubmitted, RubricChanged or SheetIncomplete.
        """
        self.check_draft()
        if self.rubric != rubric.stamp:
            raise RubricChanged("sheetId", version=rubric.stamp)
        missing = [criterion.key for criterion in rubric.criteria if criterion.key not in self.points]
        if missing:
            raise SheetIncomplete("scores", criterion=missing[0])

    def give_back(self, reason: str) -> None:
        """Make it a draft again; refuses with NotSubmitted."""
        self.check_submitted()
        self.status, self.submitted_at, self.return_reason = SheetStatus.DRAFT, None, reason

    def check_submitted(self) -> None:
        """Go on only while it is submitted; refuses with NotSubmitted."""
        if self.status != SheetStatus.SUBMITTED:
            raise NotSubmitted("sheetId")

    def kept(self, at: datetime) -> SheetVersion:
        """How it stands now, to be kept under its next version."""
        return SheetVersion(
            sheet_id=self.id,
            version=(self.version or 0) + 1,
            seat_id=self.seat_id,
            status=self.status,
            points=self.points,
            remark=self.remark,
            rubric=self.rubric,
            reason=self.return_reason,
            at=at,
        )


class SheetVersion(EventsTable):
    """How a sheet stood from a moment on: what was written is never erased."""

    __tablename__ = "score_sheet_versions"

    sheet_id: Mapped[Id] = mapped_column(ForeignKey("score_sheets.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    seat_id: Mapped[Id]
    status: Mapped[str]
    points: Mapped[dict[str, Any]]
    remark: Mapped[str]
    rubric: Mapped[str]
    reason: Mapped[str]
    at: Mapped[datetime]


def points_of(rubric: Rubric, scores: Iterable[Mapping[str, Any]]) -> dict[str, Decimal]:
    """The points by criterion, for `scores` of {criterion, points}.

    Refuses with CriterionUnknown, GivenTwice or PointsInvalid; a draft may leave criteria out.
    """
    criteria = {criterion.key: criterion for criterion in rubric.criteria}
    points: dict[str, Decimal] = {}
    for place, score in enumerate(scores):
        key = score["criterion"]
        if key not in criteria:
            raise CriterionUnknown(f"scores.{place}.criterion", criterion=key)
        if key in points:
            raise GivenTwice(f"scores.{place}.criterion", value=key)
        points[key] = _checked(criteria[key], Decimal(score["points"]), f"scores.{place}.points")
    return points


def _checked(criterion: Criterion, points: Decimal, field: str) -> Decimal:
    least, most, step = criterion.least, criterion.most, criterion.step
    if not least <= points <= most or (points - least) % step:
        raise PointsInvalid(field, least=f"{least:f}", most=f"{most:f}", step=f"{step:f}")
    return points


def total_written(sheet: Sheet, rubric: Rubric) -> Decimal | None:
    """The weighted sum of a sheet's points; None where it is incomplete or was written for another rubric."""
    if sheet.rubric != rubric.stamp or any(criterion.key not in sheet.points for criterion in rubric.criteria):
        return None
    total = total_of(rubric, {key: Decimal(value) for key, value in sheet.points.items()})
    return Decimal(total.numerator) / Decimal(total.denominator)
