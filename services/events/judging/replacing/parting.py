"""Parting: a judge who declares a conflict hands on the works that it concerns, to others on the panel."""

from __future__ import annotations

from typing import Any

from contracts.events.judging import judges as say
from contracts.events.judging.judges import SolverOutOfTime
from kit.data.db import Session
from kit.messages.outbox import record
from kit.work.jobs import Think
from services.events.judging.blinding.queries import entries_of_codes, opened
from services.events.judging.judges import commands
from services.events.judging.judges.assigning import excluded_pairs
from services.events.judging.judges.drawing import about_seat
from services.events.judging.judges.model import Assignment, Candidate, Draw, Seat
from services.events.judging.judges.queries import assignments, draw, judging_rules, live_seats, unfinished_draws
from services.events.judging.locks.queries import is_locked
from services.events.judging.replacing.vacating import hand_on
from services.events.judging.scoring.queries import judged_codes


def declare_conflict(session: Session, think: Think, *, candidate: Candidate, **against: Any) -> Candidate:
    """Keep a candidate from judging an entry, or all those of an institution, also where they have it to judge already.

    Refuses as judges' `declare_conflict` does.
    """
    commands.declare_conflict(session, candidate=candidate, **against)
    for each in unfinished_draws(session, candidate.edition_id):
        if each.assigned_at and not opened(session, each.stage_id):
            _part(session, think, draw(session, each.id, lock=True), candidate)
    return candidate


def _part(session: Session, think: Think, drawn: Draw, candidate: Candidate) -> None:
    """Hand on what the candidate has to judge in this stage and may not, as far as somebody else can take it.

    What was judged stays, and sheets that are locked: the supervisors are told that there are some, the judge is not, for they
    could tell by it which entry is behind a code.
    """
    seats = [each for each in live_seats(session, drawn.stage_id) if each.candidate_id == candidate.id]
    for seat in seats:
        torn = _torn(session, drawn, seat)
        judged = torn & judged_codes(session, seat.id)
        works = [each for each in assignments(session, seat.stage_id) if each.seat_id == seat.id and each.code in torn]
        unjudged = [each for each in works if each.code not in judged]
        moved = 0 if is_locked(session, seat.stage_id) else _hand_on(session, think, drawn, unjudged)
        if works:
            left = len(unjudged) - moved
            said = say.WorksHandedOn(**about_seat(seat), moved=moved, left=left, judged=len(judged))
            record(session, seat, said)


def _torn(session: Session, drawn: Draw, seat: Seat) -> set[str]:
    """The codes of the seat that there is a conflict with."""
    rules = judging_rules(session, drawn.stage)
    entry_of = entries_of_codes(session, drawn.stage_id)
    return {code for code, _ in excluded_pairs(session, drawn.stage, rules, [seat], entry_of)}


def _hand_on(session: Session, think: Think, drawn: Draw, works: list[Assignment]) -> int:
    """How many of these works others take: all that somebody else can."""
    if not works:
        return 0
    try:
        return hand_on(session, think, drawn, works, judging_rules(session, drawn.stage))
    except SolverOutOfTime:
        return 0
