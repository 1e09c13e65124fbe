"""What can be done about objections: file, withdraw, seat a panel, vote; and what falls due."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from contracts.events.judging import objections as say
from contracts.events.judging.motions import MotionAct
from contracts.events.judging.objections import (
    ArbitratorKnown,
    Ground,
    GroundNotAdmitted,
    ObjectionKnown,
    ObjectionsClosed,
    ObjectionStatus,
    TooManyObjections,
)
from contracts.refusals import NotFound
from kit.data.db import Session
from kit.ids import new_id
from kit.rights.asking import require
from services.events.directory.model import Organization
from services.events.editions.series.model import Series
from services.events.judging.motions.commands import propose
from services.events.judging.motions.model import Motion
from services.events.judging.objections.falling_due import no_longer_due, rules_for, watch_decision, watch_remedy
from services.events.judging.objections.model import Arbitrator, ArbitratorSeat, Objection
from services.events.judging.objections.objecting import locus_of
from services.events.judging.objections.seating import draw_panel, drawn, next_drawn
from services.events.judging.objections.telling import tell
from services.events.judging.results.finishing import freeze, release, rules_of
from services.events.judging.results.model import Result, ResultRow, ResultVersion
from services.events.judging.results.rules import ObjectionRules
from services.events.rights import FILED_OBJECTION

S = ObjectionStatus


def register_arbitrator(session: Session, *, series: Series, person: str, organization: Organization) -> Arbitrator:
    """Enter where an arbitrator works, so that they can be drawn; refuses with ArbitratorKnown."""
    arbitrator = Arbitrator(
        id=new_id(),
        created_at=session.now,
        series_id=series.id,
        person=person,
        organization_id=organization.id,
        province=organization.province,
    )
    session.add(arbitrator)
    try:
        session.flush()
    except IntegrityError as error:
        raise ArbitratorKnown("person") from error
    return arbitrator


def file_objection(session: Session, *, result: Result, entry_id: str, ground: Ground, statement: str) -> Objection:
    """Object to a result, which the public no longer sees from then on.

    Refuses with ObjectionsClosed, NotFound, GroundNotAdmitted, NoStanding, TooManyObjections or ObjectionKnown. The
    caller has locked the result, so that whatever is counted here stays as it is.
    """
    result.stage.check_not_cancelled()
    version = result.announced
    if version is None or not result.takes_objections(session.now):
        raise ObjectionsClosed("resultId")
    rules = rules_of(session, result.stage, version.rules_version).objections
    if ground not in rules.grounds:
        raise GroundNotAdmitted("ground")
    row = _row(session, version, entry_id)
    locus, delegation = locus_of(session, result, row, rules)
    if _filed(session, result, version, delegation) >= rules.most_per_delegation:
        raise TooManyObjections("resultId", most=rules.most_per_delegation)
    facts = {"ground": ground, "standing": locus, "delegation": delegation, "statement": statement}
    objection = _objection(session, result, row, rules, {**facts, "number": version.number})
    session.add(objection)
    tell(session, objection, say.ObjectionFiled, decision_due_at=objection.decision_due_at)
    freeze(session, result)
    try:
        session.flush()
    except IntegrityError as error:
        raise ObjectionKnown("ground") from error
    watch_decision(session, objection, rules)
    return objection


def withdraw_objection(session: Session, *, objection: Objection) -> Objection:
    """Take an objection back before it is decided; refuses with NotAllowed anybody else, and with ObjectionStands."""
    require(session, FILED_OBJECTION, person=objection.person)
    objection.check_undecided()
    tell(session, objection, say.ObjectionWithdrawn)
    close_objection(session, objection, S.WITHDRAWN)
    return objection


def seat_arbitrators(session: Session, *, objection: Objection) -> Objection:
    """Draw the panel; refuses with ObjectionStands or TooFewArbitrators."""
    objection.check_can_be_seated()
    objection.draw = draw_panel(session, objection, rules_for(session, objection))
    objection.status = S.SEATED
    seat_people(session, objection, drawn(objection.draw))
    return objection


def move_to_replace(session: Session, *, objection: Objection, seat_id: str, reason: str) -> Motion:
    """Move that a seat goes to the next in the order; refuses with MotionPending, and as replacing does."""
    objection.result.stage.check_not_cancelled()
    _replaceable(objection, seat_id)
    act, stage = MotionAct.REPLACE_ARBITRATOR, objection.result.stage
    objects = {"objection": objection.id}
    return propose(session, act, seat_id, edition=stage.edition, stage=stage, reason=reason, **objects)


def replace_arbitrator(session: Session, *, objection: Objection, seat_id: str, reason: str) -> Objection:
    """Give a seat that has not voted to the next in the order of the draw.

    Refuses with ObjectionStands, NotFound, AlreadyVoted or TooFewArbitrators.
    """
    _replaceable(objection, seat_id).leave(reason, session.now)
    seat_people(session, objection, [next_drawn(session, objection, rules_for(session, objection))])
    return objection


def vote_on_objection(session: Session, *, objection: Objection, uphold: bool, reason: str) -> Objection:
    """Vote as one of the panel; the majority decides. What is dismissed is closed, what is upheld waits for a remedy.

    Refuses with IsCancelled, ObjectionStands, NotSeated or AlreadyVoted.
    """
    decided = objection.vote(person=session.viewer.id, upholds=uphold, reason=reason, now=session.now)
    if decided is None:
        return objection
    no_longer_due(session, objection)
    if decided:
        watch_remedy(session, objection, rules_for(session, objection))
    tell(session, objection, say.ObjectionDecided, upheld=decided, remedy_due_at=objection.remedy_due_at)
    if not decided:
        close_objection(session, objection, S.DISMISSED)
    return objection


def close_objection(session: Session, objection: Objection, status: ObjectionStatus, reason: str = "") -> None:
    """End an objection; the last one releases the result."""
    no_longer_due(session, objection)
    objection.close(status, session.now, reason)
    session.flush()
    release(session, objection.result)


def remedy_objection(session: Session, objection: Objection, *, remedied: bool, reason: str = "") -> None:
    """End an upheld objection: by a new version of the result, or for a reason without one."""
    tell(session, objection, say.ObjectionRemedied, remedied=remedied, reason=reason)
    close_objection(session, objection, S.REMEDIED if remedied else S.UNREMEDIED, reason)


def _replaceable(objection: Objection, seat_id: str) -> ArbitratorSeat:
    objection.check(S.SEATED)
    seat = next((each for each in objection.panel if each.id == seat_id), None)
    if seat is None:
        raise NotFound("seatId")
    seat.check_open()
    return seat


def _row(session: Session, version: ResultVersion, entry_id: str) -> ResultRow:
    query = select(ResultRow).where(ResultRow.version_id == version.id, ResultRow.entry_id == entry_id)
    found = session.scalar(query)
    if found is None:
        raise NotFound("entryId")
    return found


def _filed(session: Session, result: Result, version: ResultVersion, delegation: str) -> int:
    """How many objections to a version a delegation has filed, whatever has become of them."""
    query = select(func.count()).where(
        Objection.result_id == result.id, Objection.number == version.number, Objection.delegation == delegation
    )
    return session.scalar(query) or 0


def _objection(
    session: Session, result: Result, row: ResultRow, rules: ObjectionRules, facts: dict[str, Any]
) -> Objection:
    return Objection(
        id=new_id(),
        created_at=session.now,
        result=result,
        result_id=result.id,
        entry_id=row.entry_id,
        person=session.viewer.id,
        organization_id=row.organization_id,
        organization_zh=row.organization_zh,
        organization_en=row.organization_en,
        province=row.province,
        status=S.FILED,
        decision_due_at=session.now + timedelta(hours=rules.decision_hours),
        seats=[],
        **facts,
    )


def seat_people(session: Session, objection: Objection, arbitrator_ids: list[str]) -> None:
    found = session.scalars(select(Arbitrator).where(Arbitrator.id.in_(arbitrator_ids)).order_by(Arbitrator.id)).all()
    new = [
        ArbitratorSeat(id=new_id(), objection_id=objection.id, arbitrator_id=each.id, person=each.person)
        for each in found
    ]
    objection.seats.extend(new)
    people = [seat.person for seat in new]
    tell(session, objection, say.ArbitratorsSeated, decision_due_at=objection.decision_due_at, people=people)
