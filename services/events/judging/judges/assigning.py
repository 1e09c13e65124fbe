"""Assigning: every work of a stage is given its judges, as evenly as can be and never against a conflict.

Codes and entries meet here and nowhere outside: a refusal and a report count and do not list, and costs are mixed with the
secret of the codes, so that nobody can work out from the published seed who judges what.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence

from contracts.events.judging import judges as say
from contracts.events.judging.draws import DrawStatus, NotDrawn
from contracts.events.judging.judges import (
    AssignedAlready,
    JudgesLacking,
    NothingToJudge,
    RoomLacking,
    SeatStatus,
    SeatsUnanswered,
    SolverOutOfTime,
)
from kit.data.db import Session
from kit.documents.digest import digest
from kit.ids import new_id
from kit.messages.outbox import record
from kit.work.jobs import Think
from procedures.assignment.assignment import Lacking, OutOfTime, Pair, Seated, Task, assign, bitten
from services.events.editions.editions.model import Stage
from services.events.judging.blinding.commands import deal_codes
from services.events.judging.blinding.queries import entries_of_codes
from services.events.judging.judges.drawing import about_draw, about_seat
from services.events.judging.judges.gathering import conflicts_in
from services.events.judging.judges.model import Assignment, Draw, Seat
from services.events.judging.judges.queries import candidates_with, draw_of, live_seats
from services.events.judging.judges.rules import JudgingRules


def assign_judges(session: Session, think: Think, *, stage: Stage, rules: JudgingRules) -> Draw:
    """Deal the codes of a stage, if that is not done yet, and give each its judges.

    Refuses with NotDrawn, AssignedAlready, SeatsUnanswered, NothingToJudge, JudgesLacking, RoomLacking or SolverOutOfTime.
    """
    drawn, seats = _panel(session, stage)
    deal_codes(session, stage, think)
    session.flush()
    entry_of = entries_of_codes(session, stage.id)
    if not entry_of:
        raise NothingToJudge("stageId")
    task = Task(
        codes=sorted(entry_of),
        seats=[Seated(seat.id, seat.province, room_of(seat, rules)) for seat in seats],
        excluded=excluded_pairs(session, stage, rules, seats, entry_of),
        judges_per_code=rules.judges_per_entry,
        most_of_province=rules.most_of_province_per_entry,
        seed=digest([drawn.seed, entry_of]),
        seconds=rules.solver_seconds,
    )
    pairs = solved(think, task)
    _keep(session, stage, seats, pairs)
    drawn.assigned_at, drawn.excluded, drawn.bitten = session.now, len(task.excluded), _bitten(think, task)
    loads = Counter(seat for _, seat in pairs)
    figures = [loads[seat.id] for seat in seats]
    record(
        session,
        drawn,
        say.JudgesAssigned(
            **about_draw(drawn), works=len(entry_of), judges=len(seats), least=min(figures), most=max(figures)
        ),
    )
    return drawn


def _panel(session: Session, stage: Stage) -> tuple[Draw, Sequence[Seat]]:
    """The draw and the panel, if everybody has answered and nothing is assigned yet."""
    drawn = draw_of(session, stage.id, lock=True)
    if drawn is None or drawn.status != DrawStatus.DRAWN:
        raise NotDrawn("stageId")
    if drawn.assigned_at:
        raise AssignedAlready("stageId")
    seats = live_seats(session, stage.id)
    unanswered = sum(seat.status == SeatStatus.DRAWN for seat in seats)
    if unanswered:
        raise SeatsUnanswered("stageId", seats=unanswered)
    return drawn, seats


def excluded_pairs(
    session: Session, stage: Stage, rules: JudgingRules, seats: Sequence[Seat], entry_of: Mapping[str, str]
) -> frozenset[Pair]:
    """The pairs of code and seat between which there is a conflict; for reckoning only, never to be shown."""
    candidates = candidates_with(session, [seat.candidate_id for seat in seats])
    seat_of = {seat.candidate_id: seat.id for seat in seats}
    code_of = {entry: code for code, entry in entry_of.items()}
    found = conflicts_in(session, stage, candidates, rules)
    return frozenset((code_of[each.entry], seat_of[each.judge]) for each in found if each.entry in code_of)


def solved(think: Think, task: Task) -> list[Pair]:
    """The assignment; refuses with RoomLacking, JudgesLacking or SolverOutOfTime."""
    found = tried(think, task)
    if not isinstance(found, Lacking):
        return found
    if found.room < found.needed:
        raise RoomLacking("stageId", room=found.room, needed=found.needed)
    raise JudgesLacking("stageId", missing=sum(found.missing.values()))


def tried(think: Think, task: Task) -> list[Pair] | Lacking:
    """The assignment, or what lacks where there is none; refuses with SolverOutOfTime."""
    try:
        return think(assign, task)
    except OutOfTime as error:
        raise SolverOutOfTime(seconds=task.seconds) from error


def room_of(seat: Seat, rules: JudgingRules) -> int:
    """The most works that a judge takes."""
    own = seat.candidate.max_load
    return rules.max_load if own is None else min(own, rules.max_load)


def _keep(session: Session, stage: Stage, seats: Sequence[Seat], pairs: list[Pair]) -> None:
    dealt = random.SystemRandom().sample(
        pairs, len(pairs)
    )  # ids are in the order of their making, which must tell nothing
    session.add_all(Assignment(id=new_id(), stage_id=stage.id, seat_id=seat, code=code) for code, seat in dealt)
    loads = Counter(seat for _, seat in pairs)
    for seat in seats:
        record(session, seat, say.WorksAssigned(**about_seat(seat), works=loads[seat.id]))


def _bitten(think: Think, task: Task) -> int | None:
    try:
        return think(bitten, task)
    except OutOfTime:  # a figure of the report is not worth more of anybody's time
        return None
