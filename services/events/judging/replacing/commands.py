"""What can be done about a seat that is to end: its judge declines it, or the judge is replaced by two."""

from __future__ import annotations

from contracts.events.judging import judges as say
from contracts.events.judging.draws import Departure
from contracts.events.judging.judges import AssignedAlready, SeatStatus
from contracts.events.judging.motions import MotionAct, ReplacementsExhausted
from kit.data.db import Session
from kit.messages.outbox import record
from kit.work.jobs import Think
from services.events.judging.judges.drawing import about_seat
from services.events.judging.judges.model import Seat
from services.events.judging.judges.queries import draw, judges_replaced
from services.events.judging.judges.rules import JudgingRules
from services.events.judging.motions.commands import propose
from services.events.judging.motions.model import Motion
from services.events.judging.motions.queries import motion_rules
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


def move_to_replace(session: Session, *, seat: Seat, reason: str) -> Motion:
    """Move that a judge is replaced; refuses with MotionPending, SeatStands or ReplacementsExhausted."""
    _check_replaceable(session, seat)
    stage = seat.stage
    return propose(session, MotionAct.REPLACE_JUDGE, seat.id, edition=stage.edition, stage=stage, reason=reason)


def replace_judge(session: Session, think: Think, *, seat: Seat, reason: str, rules: JudgingRules) -> Seat:
    """End a seat in an emergency: the next in the order takes it, with the works that are not judged yet.

    Refuses with SeatStands, ReplacementsExhausted, SheetLocked, JudgesLacking, RoomLacking or SolverOutOfTime.
    """
    _check_replaceable(session, seat)
    seat.step_to(SeatStatus.REPLACED, reason=reason, now=session.now)
    moved, seats = vacate_seat(session, think, seat=seat, how=Departure.REPLACED, rules=rules)
    record(session, seat, say.JudgeReplaced(**about_seat(seat), moved=moved, vacant=not seats, reason=reason))
    record(session, seat, say.JudgeReleased(**about_seat(seat), reason=reason))
    return seat


def _check_replaceable(session: Session, seat: Seat) -> None:
    seat.check_live()
    most = motion_rules(session, seat.stage.edition, seat.stage).replacements_most
    if most is not None and judges_replaced(session, seat.stage_id) >= most:
        raise ReplacementsExhausted("seatId", most=most)
