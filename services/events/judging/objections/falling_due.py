"""Falling due: until when a panel is to decide and a remedy is to come; whoever is late is reminded, then told of."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import case, select
from sqlalchemy.orm import joinedload

from contracts.events.judging import objections as say
from contracts.events.judging.objections import ObjectionStatus
from contracts.events.judging.results import ResultStatus
from kit.data.db import Session
from kit.work import timers
from services.events.editions.editions.model import Stage
from services.events.judging.objections.model import OPEN, UNDECIDED, Objection
from services.events.judging.objections.telling import tell
from services.events.judging.results.finishing import rules_of
from services.events.judging.results.model import Result
from services.events.judging.results.rules import ObjectionRules

REMIND_PANEL, TELL_LATE = "remind_panel", "tell_late"
REMIND_REMEDY, TELL_REMEDY_LATE = "remind_remedy", "tell_remedy_late"
_DECISION, _REMEDY = (REMIND_PANEL, TELL_LATE), (REMIND_REMEDY, TELL_REMEDY_LATE)
_TIMERS = (*_DECISION, *_REMEDY)


def rules_for(session: Session, objection: Objection) -> ObjectionRules:
    """The rules by which the version that is objected to was made."""
    result = objection.result
    version = next(each for each in result.versions if each.number == objection.number)
    return rules_of(session, result.stage, version.rules_version).objections


def watch_decision(session: Session, objection: Objection, rules: ObjectionRules) -> None:
    """Remind the panel in time, and tell of it when it is late."""
    _watch(session, objection, objection.decision_due_at, rules, _DECISION)


def watch_remedy(session: Session, objection: Objection, rules: ObjectionRules) -> None:
    """Give the remedy of an upheld objection its time, if the rules have one."""
    if rules.remedy_hours is not None:
        objection.remedy_due_at = session.now + timedelta(hours=rules.remedy_hours)
        _watch(session, objection, objection.remedy_due_at, rules, _REMEDY)


def watch_again(session: Session, edition_id: str, since: datetime) -> None:
    """Set the timers of an edition's panels anew that rang after `since`, when it was cancelled, or have not rung yet."""
    rings: dict[str, dict[str, datetime]] = {name: {} for name in _TIMERS}
    for objection in _open(session, edition_id):
        if due := objection.due_at:
            reminder = due - timedelta(hours=rules_for(session, objection).reminder_hours)
            names = _REMEDY if objection.status == ObjectionStatus.UPHELD else _DECISION
            for name, moment in zip(names, (reminder, due), strict=True):
                if moment > since:
                    rings[name][objection.id] = max(moment, session.now)
    for name, whens in rings.items():
        timers.at_each(session, whens, name)


def deadlines(session: Session, edition_ids: Collection[str]) -> Iterator[tuple[str, datetime]]:
    """By the id of its edition, each moment that something about a result that is not final yet falls due."""
    due = case((Objection.status == ObjectionStatus.UPHELD, Objection.remedy_due_at), else_=Objection.decision_due_at)
    moments = select(Result.edition_id, Result.objections_until, Result.notice_ends_at, due)
    waits = (Objection.result_id == Result.id) & Objection.status.in_(OPEN)
    stands = Result.edition_id.in_(edition_ids), Result.status.in_((ResultStatus.ANNOUNCED, ResultStatus.FROZEN))
    for edition_id, *found in session.execute(moments.join(Objection, waits, isouter=True).where(*stands)):
        yield from ((edition_id, moment) for moment in found if moment)


def no_longer_due(session: Session, objection: Objection) -> None:
    for timer in _TIMERS:
        timers.cancel(session, timer, objection.id)


def remind_panel(session: Session, *, objection: Objection) -> None:
    """Tell those who have not voted that a decision is due soon; nothing where there is one."""
    if _awaited(objection, *UNDECIDED):
        tell(session, objection, say.ObjectionDue, **_decision(objection))


def tell_late(session: Session, *, objection: Objection) -> None:
    """Tell the organisers and the panel that a decision is late; nothing where there is one."""
    if _awaited(objection, *UNDECIDED):
        tell(session, objection, say.ObjectionLate, **_decision(objection))


def remind_remedy(session: Session, *, objection: Objection) -> None:
    """Tell the panel that a remedy is due soon; nothing where it has come."""
    if _awaited(objection, ObjectionStatus.UPHELD):
        tell(session, objection, say.RemedyDue, **_remedy(objection))


def tell_remedy_late(session: Session, *, objection: Objection) -> None:
    """Tell the panel, the organisers and the supervisors that a remedy is late; nothing where it has come."""
    if _awaited(objection, ObjectionStatus.UPHELD):
        tell(session, objection, say.RemedyLate, **_remedy(objection))


def _awaited(objection: Objection, *statuses: ObjectionStatus) -> bool:
    """Whether the panel is waited for: the objection stands so, and the competition is held."""
    return objection.status in statuses and not objection.result.stage.edition.cancelled


def _open(session: Session, edition_id: str) -> Sequence[Objection]:
    """The objections of an edition for whose panels somebody waits, with what their rules are found by."""
    result = joinedload(Objection.result)
    whole = result.joinedload(Result.stage).joinedload(Stage.track), result.selectinload(Result.versions)
    query = select(Objection).join(Objection.result).where(Result.edition_id == edition_id, Objection.status.in_(OPEN))
    return session.scalars(query.options(*whole)).all()


def _watch(
    session: Session, objection: Objection, due: datetime, rules: ObjectionRules, names: tuple[str, str]
) -> None:
    reminder = due - timedelta(hours=rules.reminder_hours)
    timers.at(session, max(reminder, session.now), names[0], objection.id)
    timers.at(session, due, names[1], objection.id)


def _decision(objection: Objection) -> dict[str, Any]:
    return {"decision_due_at": objection.decision_due_at, "people": objection.waited_for}


def _remedy(objection: Objection) -> dict[str, Any]:
    return {"remedy_due_at": objection.remedy_due_at, "people": objection.remedying}
