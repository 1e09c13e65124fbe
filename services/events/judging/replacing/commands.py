"""What can be done about a seat that is to end: its judge declines it, or the organisers replace the judge."""

from __future__ import annotations

from contracts.events.judging import judges as say
from contracts.events.judging.draws import Departure
from contracts.events.judging.judges import AssignedAlready, SeatStatus
from kit.data.db import Session
from kit.messages.outbox import record
from kit.work.jobs import Think
from services.events.judging.judges.drawing import about_seat
from services.events.judging.judges.model import Seat
from services.events.judging.judges.queries import draw
from services.events.judging.judges.rules import JudgingRules
from services.events.judging.replacing.vacating import vacate_seat


def decline_seat(session: Session, think: Think, *, seat: Seat, reason: str, rules: JudgingRules) -> Seat:
    """The judge does not take the seat, and the next in the order steps in; refuses with SeatStands.

    Who has accepted and has works to judge cannot (AssignedAlready): the organisers replace them.
    """
    assigned = draw(session, seat.draw_id, lock=True).assigned_at
    if assigned and seat.status == SeatStatus.ACCEPTED:
        raise AssignedAlready("seatId")
    seat.step_to(SeatStatus.DECLINED, reason=reason, now=session.now)
    _, seats = vacate_seat(session, think, seat=seat, how=Departure.DECLINED, rules=rules)
    record(session, seat, say.SeatDeclined(**about_seat(seat), vacant=not seats))
    return seat


def replace_judge(session: Session, think: Think, *, seat: Seat, reason: str, rules: JudgingRules) -> Seat:
    """End a seat in an emergency: the next in the order takes it, with the works that are not judged yet.

    Refuses with SeatStands, SheetLocked, JudgesLacking, RoomLacking or SolverOutOfTime.
    """
    seat.step_to(SeatStatus.REPLACED, reason=reason, now=session.now)
    moved, seats = vacate_seat(session, think, seat=seat, how=Departure.REPLACED, rules=rules)
    record(session, seat, say.JudgeReplaced(**about_seat(seat), moved=moved, vacant=not seats, reason=reason))
    record(session, seat, say.JudgeReleased(**about_seat(seat), reason=reason))
    return seat
