"""Finishing: how a result comes to its end: frozen and released by objections, final after its notice, who goes on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import joinedload, selectinload

from contracts.base import Message
from contracts.events.admission.entries import ParticipantStatus
from contracts.events.editions.competitions import StageStatus
from contracts.events.judging import results as say
from contracts.events.judging.results import ResultStatus
from kit.data.db import Session
from kit.messages.outbox import record
from kit.work import timers
from services.events.admission.entries.commands import open_stage
from services.events.admission.entries.model import Participant
from services.events.editions.editions.model import Edition, Stage
from services.events.editions.rulesets import reading as rulebook
from services.events.judging.results.advancement import advanced
from services.events.judging.results.model import Result, ResultRow, ResultVersion
from services.events.judging.results.rules import ResultRules, ResultsForm

FINISH_RESULT = "finish_result"
TOLD_AT_ONCE = 1000
"""How many organisations one message names; more are named by the next message."""


def freeze(session: Session, result: Result) -> None:
    """Let one more objection be open in the result's scope: from now on the public sees no row of it."""
    if result.freeze():
        _say(session, result, say.ResultFrozen)


def release(session: Session, result: Result) -> None:
    """Let one objection less be open; the last one makes the result public again, or final if its notice is over."""
    if result.release():
        _say(session, result, say.ResultReleased)
        finish_result(session, result=result)


def finish_result(session: Session, *, result: Result) -> None:
    """Make a result final and let those go on whom the rules take; changes nothing before its time, while frozen or cancelled."""
    version = result.announced
    if version is None or result.stage.edition.cancelled or not result.finish(session.now):
        return
    _say(session, result, say.ResultFinal)
    stage = result.stage
    stage.status = StageStatus.FINISHED
    session.flush()
    following = select(Stage).where(Stage.track_id == stage.track_id, Stage.number == stage.number + 1)
    next_stage = session.scalar(following)
    if next_stage is not None:
        _advance(session, result, version, next_stage)


def finish_later(session: Session, edition: Edition) -> None:
    """Have every result of an edition that is announced end with its notice."""
    announced = Result.edition_id == edition.id, Result.status == ResultStatus.ANNOUNCED
    ends = session.execute(select(Result.id, Result.notice_ends_at).where(*announced)).all()
    timers.at_each(session, {id_: at for id_, at in ends if at}, FINISH_RESULT)


def about(result: Result, version: ResultVersion) -> dict[str, Any]:
    """What every message about a version of a result says."""
    numbered = {"result_id": result.id, "number": version.number, "digest": version.digest}
    return {**result.stage.about, **numbered}


def rules_of(session: Session, stage: Stage, number: int) -> ResultRules:
    """What this version of the rule set says about results of the stage."""
    return rulebook.section_of_version(session, stage.track, number, ResultsForm)


def in_parts(organization_ids: Iterable[str]) -> Iterator[list[str]]:
    """The organisations as one message after the other names them, each once; one empty part where there are none."""
    told = sorted(set(organization_ids))
    for first in range(0, max(len(told), 1), TOLD_AT_ONCE):
        yield told[first : first + TOLD_AT_ONCE]


def rows_of(session: Session, version: ResultVersion) -> Sequence[ResultRow]:
    """Every row of a version, in the order of the ranking."""
    query = select(ResultRow).where(ResultRow.version_id == version.id).order_by(ResultRow.position)
    return session.scalars(query).all()


def _say(session: Session, result: Result, message: type[Message]) -> None:
    version = result.announced
    assert version, "only what was announced is frozen, released or final"
    record(session, result, message(**about(result, version)))


def _advance(session: Session, result: Result, version: ResultVersion, next_stage: Stage) -> None:
    stage = result.stage
    left = _withdrawn(session, stage)
    rows = [each.row for each in rows_of(session, version) if each.entry_id not in left]
    going = set(advanced(rows, rules_of(session, stage, version.rules_version).advance))
    _divide(session, stage, going)
    if going:
        there = [{"stage_id": next_stage.id, "entry_id": entry_id} for entry_id in sorted(going)]
        session.execute(insert(Participant), there)
    edition = _edition(session, stage.edition_id)
    facts = {
        **stage.about,
        "next_stage_id": next_stage.id,
        "next_round": next(each.named for each in edition.rounds if each.id == next_stage.round_id),
        "advanced": len(going),
        "eliminated": len(rows) - len(going),
    }
    for part in in_parts(row.organization_id for row in rows if row.entry_id in going):
        record(session, stage, say.EntriesAdvanced(**facts, organization_ids=part))
    open_stage(session, edition, next_stage)


def _withdrawn(session: Session, stage: Stage) -> set[str]:
    """Which entries have withdrawn from a stage since it began: the next in rank advance in their place."""
    gone = Participant.stage_id == stage.id, Participant.status == ParticipantStatus.WITHDRAWN
    return set(session.scalars(select(Participant.entry_id).where(*gone)))


def _edition(session: Session, edition_id: str) -> Edition:
    """The edition with its tracks and rounds, which are read anew: it is known already, without them."""
    parts = selectinload(Edition.tracks), selectinload(Edition.rounds), joinedload(Edition.series)
    query = select(Edition).where(Edition.id == edition_id).options(*parts)
    return session.scalars(query.execution_options(populate_existing=True)).one()


def _divide(session: Session, stage: Stage, going: set[str]) -> None:
    """Mark those who compete in a stage as advanced or eliminated, in two statements."""
    competing = update(Participant).where(
        Participant.stage_id == stage.id, Participant.status == ParticipantStatus.COMPETING
    )
    out_of_session = {"synchronize_session": False}
    for on in (True, False):
        status = ParticipantStatus.ADVANCED if on else ParticipantStatus.ELIMINATED
        which = Participant.entry_id.in_(going) if on else Participant.entry_id.not_in(going)
        session.execute(competing.where(which).values(status=status), execution_options=out_of_session)
