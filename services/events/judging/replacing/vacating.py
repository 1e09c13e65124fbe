"""Vacating: a seat that has ended is followed by the next in the order of the draw, who takes over the works as well."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from contracts.events.judging import judges as say
from contracts.events.judging.draws import Departure
from kit.data.db import Session
from kit.documents.digest import digest
from kit.messages.outbox import record
from kit.work.jobs import Think
from procedures.assignment.assignment import Lacking, Pair, Seated, Task
from services.events.judging.blinding.queries import entries_of_codes
from services.events.judging.judges.assigning import excluded_pairs, room_of, solved, tried
from services.events.judging.judges.drawing import about_seat, fill_seats
from services.events.judging.judges.gathering import conflicts_in
from services.events.judging.judges.model import Assignment, Candidate, Draw, Seat
from services.events.judging.judges.queries import assignments, candidates_with, draw, live_seats, provinces_of_seats
from services.events.judging.judges.rules import JudgingRules
from services.events.judging.locks.queries import check_not_locked
from services.events.judging.scoring.queries import judged_codes


@dataclass(frozen=True)
class _Move:
    """Works that change hands, in a stage where the other assignments stay."""

    draw: Draw
    rules: JudgingRules
    works: Sequence[Assignment]
    staying: Sequence[Assignment]
    province_of: dict[str, str]

    @property
    def codes(self) -> set[str]:
        return {each.code for each in self.works}

    @property
    def full(self) -> set[tuple[str, str]]:
        """Of which codes which provinces have as many judges as they may."""
        most = self.rules.most_of_province_per_entry
        held = Counter((each.code, self.province_of[each.seat_id]) for each in self.staying)
        return {place for place, count in held.items() if most is not None and count >= most}


def vacate_seat(
    session: Session, think: Think, *, seat: Seat, how: Departure, rules: JudgingRules
) -> tuple[int, list[Seat]]:
    """Have a seat that has ended followed by the next in the order who can take over its works.

    The works whose sheets are not submitted go to that judge, or, where nobody is left in the order, are shared by the
    panel; what was submitted stays. Returns how many works were moved, and the new seats. Refuses with SheetLocked,
    JudgesLacking, RoomLacking or SolverOutOfTime.
    """
    drawn = draw(session, seat.draw_id, lock=True)
    drawn.leave(seat.candidate_id, how, session.now)
    every = assignments(session, seat.stage_id)
    judged = judged_codes(session, seat.id)
    works = [each for each in every if each.seat_id == seat.id and each.code not in judged]
    if not works:
        return 0, fill_seats(session, drawn)
    check_not_locked(session, seat.stage_id)
    staying = [each for each in every if each not in works]
    move = _Move(drawn, rules, works, staying, provinces_of_seats(session, seat.stage_id))
    _pass_over(session, move)
    seats = fill_seats(session, drawn)
    _hand_over(session, move, dict.fromkeys(move.codes, seats[0].id) if seats else _shared(session, think, move))
    return len(works), seats


def hand_on(session: Session, think: Think, drawn: Draw, works: Sequence[Assignment], rules: JudgingRules) -> int:
    """Have these works of a seat that goes on judged by others on the panel, as far as these can; how many are.

    Refuses with SolverOutOfTime, and then nothing was changed.
    """
    staying = [each for each in assignments(session, drawn.stage_id) if each not in works]
    move = _Move(drawn, rules, works, staying, provinces_of_seats(session, drawn.stage_id))
    takers = _as_far_as_can_be(think, _task(session, move))
    _hand_over(session, move, takers)
    return len(takers)


def _as_far_as_can_be(think: Think, task: Task) -> dict[str, str]:
    """Who takes which code, of as many codes as somebody can take."""
    found = tried(think, task)
    if isinstance(found, Lacking):
        takeable = [code for code in task.codes if code not in found.missing]
        found = solved(think, replace(task, codes=takeable))
    return dict(found)


def _hand_over(session: Session, move: _Move, takers: dict[str, str]) -> None:
    """Give each code to its taker, if it has one, and tell everybody how many they have got."""
    for each in move.works:
        each.seat_id = takers.get(each.code, each.seat_id)
    more = Counter(takers.values())
    for seat in live_seats(session, move.draw.stage_id):
        if more[seat.id]:
            record(session, seat, say.WorksAssigned(**about_seat(seat), works=more[seat.id]))
    session.flush()


def _pass_over(session: Session, move: _Move) -> None:
    """Let those in the order who cannot take over these works no longer count, until one comes who can."""
    held = {seat.candidate_id for seat in live_seats(session, move.draw.stage_id)}
    ids = [line.candidate for line in move.draw.lines if line.candidate not in held]
    unfit = _unfit(session, move, candidates_with(session, ids))
    while wrong := [line.candidate for line in move.draw.panel if line.candidate in unfit]:
        for candidate_id in wrong:
            move.draw.leave(candidate_id, Departure.PASSED_OVER, session.now)


def _unfit(session: Session, move: _Move, candidates: Sequence[Candidate]) -> set[str]:
    """Who has a conflict with one of the works, takes fewer of them, or comes from a province that has its most."""
    entry_of = entries_of_codes(session, move.draw.stage_id)
    entries = {entry_of[code] for code in move.codes}
    found = conflicts_in(session, move.draw.stage, candidates, move.rules)
    torn = {each.judge for each in found if each.entry in entries}
    full = {province for code, province in move.full if code in move.codes}
    most = {each.id: move.rules.max_load if each.max_load is None else each.max_load for each in candidates}
    return torn | {each.id for each in candidates if each.province in full or most[each.id] < len(move.works)}


def _shared(session: Session, think: Think, move: _Move) -> dict[str, str]:
    """Who of the panel takes which code, as evenly as can be."""
    return dict(solved(think, _task(session, move)))


def _task(session: Session, move: _Move) -> Task:
    stage = move.draw.stage
    entry_of = entries_of_codes(session, stage.id)
    seats = live_seats(session, stage.id)
    has = Counter(each.seat_id for each in move.staying)
    barred: set[Pair] = {(each.code, each.seat_id) for each in move.staying}
    barred |= {(code, seat.id) for code, province in move.full for seat in seats if seat.province == province}
    return Task(
        codes=sorted(move.codes),
        seats=[
            Seated(seat.id, seat.province, max(0, room_of(seat, move.rules) - has[seat.id]), has[seat.id])
            for seat in seats
        ],
        excluded=excluded_pairs(session, stage, move.rules, seats, entry_of) | barred,
        judges_per_code=1,
        most_of_province=None,
        seed=digest([move.draw.seed, entry_of]),
        seconds=move.rules.solver_seconds,
    )
