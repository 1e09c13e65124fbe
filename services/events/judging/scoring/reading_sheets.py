"""Sheets: what can be asked about them by the judges who write them, and in numbers by those who run a stage."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, select
from sqlalchemy.orm import aliased, joinedload

from contracts.browsing import START, Stretch
from contracts.events.editions.phases import PhaseKind
from contracts.events.judging.scoring import JudgingNotOpen, SheetIncomplete, SheetLocked, SheetStatus
from contracts.refusals import NotAllowed, NotFound
from kit.data.db import Session
from kit.data.paging import Page, page
from services.events.editions.editions.model import Edition, Stage, Track
from services.events.editions.editions.queries import whole_stages
from services.events.editions.phases.model import Phase
from services.events.editions.rulesets.model import RuleSet
from services.events.editions.rulesets.reading import section_of
from services.events.judging.judges.model import LIVE, Assignment, Seat
from services.events.judging.locks.queries import locked_among, seen_locked
from services.events.judging.scoring.model import Sheet
from services.events.judging.scoring.queries import ITS_SHEET, SUBMITTED
from services.events.judging.scoring.rules import Rubric, ScoringForm
from services.events.rights import OVERSEES

MOST_SEATS = 100
"""The seats whose sheets are read as one list: those that a judge was drawn for last."""


@dataclass(frozen=True)
class Progress:
    """How far a seat is: how many codes it has, how many sheets are drafts, submitted, or of an amended rubric."""

    seat_id: str
    assigned: int
    drafts: int
    submitted: int
    outdated: int
    last_submitted_at: datetime | None


@dataclass(frozen=True)
class Terms:
    """On what terms a stage is judged now: by which rubric, and in which phase."""

    rubric: Rubric
    phase: Phase | None

    @property
    def due_at(self) -> datetime | None:
        return self.phase.closes_at if self.phase else None


@dataclass(frozen=True)
class Desk:
    """What judges find who write now: stages and their terms by id, which of them are `locked`, and sheets by id."""

    now: datetime
    stages: Mapping[str, Stage]
    terms: Mapping[str, Terms]
    locked: Collection[str]
    sheets: dict[str, Sheet]

    def rubric(self, stage_id: str) -> Rubric:
        """The rubric in force, if judges may write now; refuses with IsCancelled, SheetLocked or JudgingNotOpen."""
        self.stages[stage_id].check_not_cancelled()
        if stage_id in self.locked:
            raise SheetLocked
        found = self.terms[stage_id]
        if found.phase is None or not found.phase.is_open(self.now):
            raise JudgingNotOpen
        return found.rubric

    def sheet(self, assignment: Assignment) -> Sheet | None:
        """What its present judge has written, if they have begun."""
        found = self.sheets.get(assignment.id)
        return found if found and found.seat_id == assignment.seat_id else None

    def version(self, assignment: Assignment) -> int:
        """Which version of it its present judge finds; 0 before they have begun."""
        found = self.sheet(assignment)
        return found.version if found else 0

    def begun(self, assignment: Assignment) -> Sheet:
        """The same; refuses with SheetIncomplete, or as `rubric` does, what is not begun."""
        rubric, found = self.rubric(assignment.stage_id), self.sheet(assignment)
        if found is None:
            raise SheetIncomplete("scores", criterion=rubric.criteria[0].key)
        return found


def desk_for(session: Session, assignments: Collection[Assignment], *, to_write: bool = True) -> Desk:
    """The desk for these assignments.

    Their stages cannot be locked until a transaction ends that is `to_write`: what is written counts.
    """
    stage_ids = {each.stage_id for each in assignments}
    locked = locked_among(session, stage_ids) if to_write else seen_locked(session, stage_ids)
    found = session.scalars(select(Sheet).where(Sheet.id.in_({each.id for each in assignments})))
    sheets = {sheet.id: sheet for sheet in found}
    return Desk(session.now, whole_stages(session, stage_ids), terms(session, stage_ids), locked, sheets)


def terms(session: Session, stage_ids: Iterable[str]) -> Mapping[str, Terms]:
    """The terms of each of these stages, as far as they exist."""
    any_version = aliased(RuleSet)
    newest = select(func.max(any_version.number)).where(any_version.edition_id == Stage.edition_id)
    in_force = and_(RuleSet.edition_id == Stage.edition_id, RuleSet.number == newest.scalar_subquery())
    judging = and_(Phase.round_id == Stage.round_id, Phase.kind == PhaseKind.JUDGING)
    query = (
        select(Stage.id, Track.code, RuleSet.document, Phase)
        .join(Track, Track.id == Stage.track_id)
        .join(RuleSet, in_force)
        .outerjoin(Phase, judging)
        .where(Stage.id.in_(set(stage_ids)))
    )
    return {
        stage_id: Terms(section_of(document, code, ScoringForm).rubric, phase)
        for stage_id, code, document, phase in session.execute(query)
    }


def my_assignment(session: Session, sheet_id: str) -> Assignment:
    """The assignment of a sheet that the viewer is to write; refuses with NotFound, or NotAllowed who is not its judge."""
    return mine_of(session, assigned(session, [sheet_id]), sheet_id)


def assigned(session: Session, ids: Collection[str]) -> dict[str, tuple[Assignment, Seat]]:
    """The assignments of these sheets with their seats, by id."""
    query = select(Assignment, Seat).join(Seat, Seat.id == Assignment.seat_id).where(Assignment.id.in_(ids))
    return {assignment.id: (assignment, seat) for assignment, seat in session.execute(query)}


def mine_of(session: Session, found: Mapping[str, tuple[Assignment, Seat]], sheet_id: str) -> Assignment:
    """The one of these that the viewer is to write; refuses as `my_assignment` does."""
    if sheet_id not in found:
        raise NotFound("sheetId")
    assignment, seat = found[sheet_id]
    check_writes(seat, session.viewer.id)
    return assignment


def check_writes(seat: Seat, person: str) -> None:
    """Go on only for whoever has the seat and has not left it; refuses with NotAllowed."""
    if seat.person != person or not seat.live:
        raise NotAllowed


def my_assignments(session: Session, stage_id: str | None = None, *, stretch: Stretch = START) -> Page[Assignment]:
    """What the viewer is to judge, by code in a stage, where they have one seat at most; else the seat drawn last first."""
    mine = select(Seat.id).where(Seat.person == session.viewer.id, Seat.status.in_(LIVE))
    if stage_id:
        seat_id = session.scalar(mine.where(Seat.stage_id == stage_id))
        query = select(Assignment).where(Assignment.seat_id == seat_id).order_by(Assignment.code)
    else:
        seats = session.scalars(mine.order_by(Seat.id.desc()).limit(MOST_SEATS)).all()
        query = select(Assignment).where(Assignment.seat_id.in_(seats))
        query = query.order_by(Assignment.seat_id.desc(), Assignment.code)
    return page(session, query, stretch)


def my_assignments_by_id(session: Session, ids: list[str]) -> Sequence[Assignment]:
    """Those of these that the viewer is to judge, in no particular order."""
    mine = (Seat.person == session.viewer.id, Seat.status.in_(LIVE))
    query = select(Assignment).join(Seat, Seat.id == Assignment.seat_id).where(Assignment.id.in_(ids), *mine)
    return session.scalars(query).all()


def written(session: Session, assignments: Sequence[Assignment]) -> Mapping[str, Sheet]:
    """The sheets of these assignments that their present judges have begun, by id."""
    query = select(Sheet).join(Assignment, ITS_SHEET).where(Sheet.id.in_([each.id for each in assignments]))
    return {sheet.id: sheet for sheet in session.scalars(query)}


def sheet(session: Session, sheet_id: str) -> Sheet:
    """The sheet as its present judge has written it; refuses with NotFound."""
    found = session.scalar(_sheets().where(Sheet.id == sheet_id))
    if found is None:
        raise NotFound("sheetId")
    return found


def sheets(
    session: Session,
    stage_id: str,
    *,
    seat_id: str | None = None,
    status: SheetStatus | None = None,
    stretch: Stretch = START,
) -> Page[Sheet]:
    """The sheets of a stage that were begun, in the order of their ids, which tells nothing of codes."""
    query = _sheets().where(Sheet.stage_id == stage_id)
    if seat_id:
        query = query.where(Sheet.seat_id == seat_id)
    if status:
        query = query.where(Sheet.status == status)
    return page(session, query.order_by(Sheet.id), stretch)


def sheets_by_id(session: Session, ids: list[str]) -> Sequence[Sheet]:
    """Those of these sheets that belong to a stage which the viewer runs or supervises, in no particular order."""
    query = _sheets().join(Stage, Stage.id == Sheet.stage_id).join(Edition, Edition.id == Stage.edition_id)
    overseen = OVERSEES.rows(session, series_id=Edition.series_id)
    return session.scalars(query.where(Sheet.id.in_(ids), overseen)).all()


def seat_of(session: Session, sheet: Sheet) -> Seat:
    """The seat that has written a sheet."""
    return session.get_one(Seat, sheet.seat_id)


def progress(session: Session, stage: Stage, rubric: Rubric) -> list[Progress]:
    """How far each seat with codes is, by seat; as many as a panel has seats at most."""
    current = and_(Sheet.status.in_(SUBMITTED), Sheet.rubric == rubric.stamp)
    counts: dict[str, ColumnElement[Any]] = {
        "assigned": func.count(Assignment.id),
        "drafts": _number(Sheet.status == SheetStatus.DRAFT),
        "submitted": _number(current),
        "outdated": _number(Sheet.rubric != rubric.stamp),
        "last_submitted_at": func.max(Sheet.submitted_at),
    }
    query = select(Assignment.seat_id, *(column.label(name) for name, column in counts.items()))
    query = query.outerjoin(Sheet, ITS_SHEET).where(Assignment.stage_id == stage.id)
    rows = session.execute(query.group_by(Assignment.seat_id).order_by(Assignment.seat_id))
    return [Progress(**row._asdict()) for row in rows]


def unfinished(session: Session, stage: Stage, rubric: Rubric) -> Mapping[str, int]:
    """How many sheets each judge of a stage has still to submit by this rubric, for those who have any."""
    done = exists().where(ITS_SHEET, Sheet.status.in_(SUBMITTED), Sheet.rubric == rubric.stamp)
    query = select(Seat.person, func.count().label("missing")).join(Assignment, Assignment.seat_id == Seat.id)
    rows = session.execute(query.where(Assignment.stage_id == stage.id, ~done).group_by(Seat.person))
    return {row.person: row.missing for row in rows}


def _sheets() -> Select[Sheet]:
    return select(Sheet).join(Assignment, ITS_SHEET).options(joinedload(Sheet.assignment))


def _number(condition: ColumnElement[bool]) -> ColumnElement[int]:
    """How many rows of a group fulfil a condition."""
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)
