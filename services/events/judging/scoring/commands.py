"""What can be done about score sheets: save, submit, return, and lock them; remind judges of those that are due."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from contracts.events.editions.phases import PhaseKind
from contracts.events.judging import scoring as say
from contracts.events.judging.scoring import (
    RubricChanged,
    SheetLocked,
    SheetsMissing,
    SheetStatus,
)
from contracts.refusals import ChangedMeanwhile
from kit.data.db import Session
from kit.messages.outbox import record
from kit.work import timers
from services.events.editions.editions.model import Stage
from services.events.editions.phases.model import OVER, Phase
from services.events.editions.phases.queries import phase_of, stages_of
from services.events.editions.rulesets import reading as rulebook
from services.events.judging.judges.model import Assignment, Seat
from services.events.judging.locks import queries as locks
from services.events.judging.locks.model import SheetLock
from services.events.judging.scoring import queries, reading_sheets
from services.events.judging.scoring.model import Sheet, points_of
from services.events.judging.scoring.reading_sheets import Desk
from services.events.judging.scoring.rules import ScoringForm, ScoringRules

REMIND_JUDGES = "remind_judges"


def save_sheet(
    session: Session,
    *,
    desk: Desk,
    assignment: Assignment,
    scores: Iterable[Mapping[str, Any]],
    remark: str,
    rubric_version: str | None,
    version: int | None,
) -> Sheet:
    """Write a draft, whole or in part, to be kept by `keep`; what was written before is kept as a version.

    Refuses with JudgingNotOpen, SheetLocked, AlreadySubmitted, RubricChanged, with ChangedMeanwhile where the judge has not seen
    what they wrote elsewhere, and with points that the rubric does not take.
    """
    rubric = desk.rubric(assignment.stage_id)
    if rubric_version is not None and rubric_version != rubric.stamp:
        raise RubricChanged("rubricVersion", version=rubric.stamp)
    if version is not None and version != desk.version(assignment):
        raise ChangedMeanwhile("version")
    sheet = desk.sheets.get(assignment.id) or Sheet(
        id=assignment.id,
        created_at=session.now,
        version=0,
        stage_id=assignment.stage_id,
        seat_id=assignment.seat_id,
        status=SheetStatus.DRAFT,
        return_reason="",
    )
    sheet.write(assignment.seat_id, points_of(rubric, scores), remark, rubric)
    session.add(sheet)
    desk.sheets[sheet.id] = sheet
    _say(session, desk.stages[sheet.stage_id], sheet, say.SheetSaved)
    return sheet


def submit_sheet(session: Session, *, desk: Desk, assignment: Assignment) -> Sheet:
    """Stand by a sheet; refuses with JudgingNotOpen, SheetLocked, AlreadySubmitted, RubricChanged or SheetIncomplete."""
    sheet = desk.begun(assignment)
    sheet.submit(desk.rubric(assignment.stage_id), session.now)
    return _kept(session, desk.stages[sheet.stage_id], sheet, say.SheetSubmitted)


def return_sheet(session: Session, *, stage: Stage, sheet: Sheet, seat: Seat, reason: str) -> Sheet:
    """Give a submitted sheet back to its judge; refuses with SheetLocked, NotSubmitted, or SeatStands for who has left."""
    locks.check_not_locked(session, stage.id)
    seat.check_live("sheetId")
    sheet.give_back(reason)
    return _kept(session, stage, sheet, say.SheetReturned, person=seat.person, reason=reason)


def lock_sheets(session: Session, *, stage: Stage) -> SheetLock:
    """End judging before its time, when every sheet is submitted; refuses with SheetLocked or SheetsMissing."""
    locks.check_not_locked(session, stage.id, exclusive=True)
    missing = sum(reading_sheets.unfinished(session, stage, _rules(session, stage).rubric).values())
    if missing:
        raise SheetsMissing("stageId", missing=missing)
    return _lock(session, stage)


def lock_at_end(session: Session, phase: Phase) -> None:
    """Lock the sheets of every stage that is judged in this phase, and say what is missing."""
    for stage in stages_of(session, phase):
        if queries.is_judged(session, stage.id) and not locks.is_locked(session, stage.id, exclusive=True):
            late = reading_sheets.unfinished(session, stage, _rules(session, stage).rubric)
            _lock(session, stage, sum(late.values()))
            if late:
                record(
                    session,
                    stage,
                    say.SheetsLate(**stage.about, missing=sum(late.values()), judges=len(late)),
                )


def remind_judges(session: Session, *, stage: Stage) -> None:
    """Tell each judge with unfinished sheets how many they are, and come back at the next of the hours that are set."""
    phase = phase_of(session, stage, PhaseKind.JUDGING)
    if phase is None or phase.state in OVER or locks.is_locked(session, stage.id):
        return
    rules = _rules(session, stage)
    for person, missing in sorted(reading_sheets.unfinished(session, stage, rules.rubric).items()):
        due = say.SheetsDue(**stage.about, person=person, missing=missing, due_at=phase.closes_at)
        record(session, stage, due)
    _remind_next(session, stage, phase, rules)


def plan_reminders(session: Session, phases: Sequence[Phase]) -> None:
    """Have the judges of every stage reminded so many hours before a phase of judging ends, as the rules of its track say."""
    for phase in phases:
        if phase.kind == PhaseKind.JUDGING:
            rule_set = rulebook.newest(session, phase.edition_id)
            for stage in stages_of(session, phase):
                rules = rulebook.section_of(rule_set.document, stage.track.code, ScoringForm)
                _remind_next(session, stage, phase, rules)


def _remind_next(session: Session, stage: Stage, phase: Phase, rules: ScoringRules) -> None:
    moments = [phase.closes_at - timedelta(hours=hours) for hours in rules.reminder_hours]
    ahead = [moment for moment in moments if moment > session.now]
    if ahead:
        timers.at(session, min(ahead), REMIND_JUDGES, stage.id)
    else:
        timers.cancel(session, REMIND_JUDGES, stage.id)


def _rules(session: Session, stage: Stage) -> ScoringRules:
    return rulebook.section(session, stage.track, ScoringForm)


def _say(session: Session, stage: Stage, sheet: Sheet, message: type[say.SheetMessage], **more: Any) -> None:
    """Keep the version that a step has led to, and say so."""
    session.add(sheet.kept(session.now))
    record(session, sheet, message(**stage.about, sheet_id=sheet.id, seat_id=sheet.seat_id, **more))


def _kept(session: Session, stage: Stage, sheet: Sheet, message: type[say.SheetMessage], **more: Any) -> Sheet:
    _say(session, stage, sheet, message, **more)
    keep(session)
    return sheet


def keep(session: Session) -> None:
    """Write down what was written; refuses with ChangedMeanwhile where somebody wrote a first draft at the same moment."""
    try:
        session.flush()
    except IntegrityError as error:
        raise ChangedMeanwhile("sheetId") from error


def _lock(session: Session, stage: Stage, missing: int = 0) -> SheetLock:
    rule_set = rulebook.newest(session, stage.edition_id)
    rubric = rulebook.section_of(rule_set.document, stage.track.code, ScoringForm).rubric
    lock = SheetLock(
        stage_id=stage.id, locked_at=session.now, rules_version=rule_set.number, seed=secrets.token_hex(32)
    )
    session.add(lock)
    submitted = update(Sheet).where(
        Sheet.stage_id == stage.id, Sheet.status == SheetStatus.SUBMITTED, Sheet.rubric == rubric.stamp
    )
    locked = submitted.values(status=SheetStatus.LOCKED).returning(Sheet.id)
    count = len(session.scalars(locked, execution_options={"synchronize_session": False}).all())
    record(
        session,
        stage,
        say.SheetsLocked(**stage.about, sheets=count, missing=missing, rules_version=rule_set.number),
    )
    try:
        session.flush()
    except IntegrityError as error:
        raise SheetLocked("stageId") from error
    return lock
