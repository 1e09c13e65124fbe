"""What can be asked about re-judgings: by the panel and the organisers, and by the judges who are appointed."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import selectinload
from sqlalchemy.orm.attributes import set_committed_value

from contracts.events.judging.rejudging import RejudgingStatus
from contracts.refusals import NotFound
from kit.data.db import Session
from services.events.judging.blinding.model import BlindCode
from services.events.judging.judges.model import Assignment, Candidate, Seat
from services.events.judging.objections.model import Objection
from services.events.judging.objections.queries import CameOf
from services.events.judging.rejudging.model import Rejudging
from services.events.judging.results import queries as results
from services.events.judging.results.model import Result
from services.events.judging.results.queries import is_insider

_WHOLE = (
    selectinload(Rejudging.sheets),
    selectinload(Rejudging.rulings),
    selectinload(Rejudging.objection).selectinload(Objection.seats),
)


def rejudging(session: Session, rejudging_id: str, *, to_change: bool = False) -> Rejudging:
    """The re-judging with its sheets, rulings and objection; `to_change` locks the result that it is about.

    Refuses with NotFound.
    """
    result_id = session.scalar(select(Rejudging.result_id).where(Rejudging.id == rejudging_id))
    if result_id is None:
        raise NotFound("rejudgingId")
    result = results.result(session, result_id, to_change=to_change)
    found = session.scalars(select(Rejudging).where(Rejudging.id == rejudging_id).options(*_WHOLE)).one()
    set_committed_value(found.objection, "result", result)
    return found


def rejudgings_of(session: Session, objection_ids: Sequence[str]) -> dict[str, CameOf]:
    """The re-judging of each of these objections that has one."""
    query = select(Rejudging.objection_id, Rejudging.id, Rejudging.people)
    found = session.execute(query.where(Rejudging.objection_id.in_(objection_ids)))
    return {objection_id: CameOf(id_, people) for objection_id, id_, people in found}


def judges_again(session: Session, stage_id: str, code: str) -> bool:
    """Whether the viewer is appointed to judge the work behind this code again, in a re-judging that is open."""
    of_code = select(BlindCode.entry_id).where(BlindCode.stage_id == stage_id, BlindCode.code == code)
    entry_id = session.scalar(of_code)
    open_ones = select(Rejudging).join(Result, Result.id == Rejudging.result_id)
    query = open_ones.where(Result.stage_id == stage_id, Rejudging.status == RejudgingStatus.OPEN)
    return any(entry_id in each.entry_ids and session.viewer.id in each.people for each in session.scalars(query))


def concerns(session: Session, found: Rejudging) -> bool:
    """Whether the viewer may see all of it: who runs or arbitrates the series, and the panel."""
    seated = any(seat.person == session.viewer.id for seat in found.objection.panel)
    return seated or is_insider(session, found.objection.result)


def assignment(session: Session, assignment_id: str, stage_id: str) -> tuple[Assignment, str]:
    """The assignment and the person in its seat; refuses with NotFound one that is not of this stage."""
    query = select(Assignment, Seat.person).join(Seat, Seat.id == Assignment.seat_id)
    found = session.execute(query.where(Assignment.id == assignment_id, Assignment.stage_id == stage_id)).first()
    if found is None:
        raise NotFound("sheetId")
    return found[0], found[1]


def tasks(session: Session, found: Rejudging) -> Sequence[Assignment]:
    """The assignments whose sheets can be given again: those of its entries, by code."""
    query = (
        select(Assignment)
        .join(BlindCode, (BlindCode.stage_id == Assignment.stage_id) & (BlindCode.code == Assignment.code))
        .where(Assignment.stage_id == found.objection.result.stage_id, BlindCode.entry_id.in_(found.entry_ids))
    )
    return session.scalars(query.order_by(Assignment.code, Assignment.id)).all()


def candidates(session: Session, edition_id: str, people: Sequence[str]) -> Sequence[Candidate]:
    """The candidates of an edition among these people, with their ties."""
    query = select(Candidate).where(Candidate.edition_id == edition_id, Candidate.person.in_(people))
    return session.scalars(query.options(selectinload(Candidate.ties))).all()
