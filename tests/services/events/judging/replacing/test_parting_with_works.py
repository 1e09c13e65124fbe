"""Parting with works: a conflict that is declared after the assignment moves what it concerns, and says what stays."""

from __future__ import annotations

from collections import Counter
from typing import Any

from sqlalchemy import select

from services.events.judging.blinding.model import BlindCode
from services.events.judging.judges.model import Assignment
from services.events.judging.locks.model import SheetLock
from tests.services.events.competitions.competing import ORGANIZER
from tests.services.events.events_hub import EventsHub
from tests.services.events.judging.judges.judging import Running, messages
from tests.services.events.judging.replacing.test_replacing_a_judge import assigned, codes_of, submit


def entry_behind(events: EventsHub, seat: dict[str, Any], place: int = 0) -> tuple[str, str]:
    """A code that a seat judges, and the entry behind it."""
    code = sorted(codes_of(events, seat["id"]))[place]
    with events.runtime.database.transaction(writes=False) as session:
        return code, session.scalars(select(BlindCode.entry_id).where(BlindCode.code == code)).one()


def declare(events: EventsHub, running: Running, seat: dict[str, Any], **against: str) -> None:
    given = {"candidate_id": seat["candidate_id"], "reason": "曾任其顾问", **against}
    events.ask("declare_conflict", running.person(seat), **given)


def loads(events: EventsHub) -> Counter[str]:
    """How many judges each code has."""
    with events.runtime.database.transaction(writes=False) as session:
        return Counter(session.scalars(select(Assignment.code)))


def told(events: EventsHub) -> list[tuple[int, int, int]]:
    return [(each["moved"], each["left"], each["judged"]) for each in messages(events, "works_handed_on")]


def test_a_work_that_the_judge_may_no_longer_judge_goes_to_another_on_the_panel(events: EventsHub) -> None:
    running, stage_id = assigned(events)
    seat = running.panel(stage_id)[0]
    before, everybody = codes_of(events, seat["id"]), loads(events)
    code, entry_id = entry_behind(events, seat)
    more = len(messages(events, "works_assigned"))

    declare(events, running, seat, entry_id=entry_id)

    assert codes_of(events, seat["id"]) == before - {code}
    assert loads(events) == everybody, "every work has as many judges as before"
    assert told(events) == [(1, 0, 0)]
    [taker] = messages(events, "works_assigned")[more:]
    assert taker["works"] == 1
    assert code in codes_of(events, taker["seat_id"])
    assert taker["seat_id"] != seat["id"]


def test_a_conflict_that_touches_none_of_their_works_moves_nothing_and_says_nothing(events: EventsHub) -> None:
    running, stage_id = assigned(events)
    seat = running.panel(stage_id)[0]
    mine = {entry_behind(events, seat, place)[1] for place in range(len(codes_of(events, seat["id"])))}
    other = next(each for each in running.entry_ids if each not in mine)
    before = codes_of(events, seat["id"])

    declare(events, running, seat, entry_id=other)

    assert (codes_of(events, seat["id"]), told(events)) == (before, [])


def test_what_was_judged_before_stays_and_is_told(events: EventsHub) -> None:
    running, stage_id = assigned(events)
    seat = running.panel(stage_id)[0]
    judged = submit(events, seat["id"], 1)
    [code] = judged
    with events.runtime.database.transaction(writes=False) as session:
        entry_id = session.scalars(select(BlindCode.entry_id).where(BlindCode.code == code)).one()

    declare(events, running, seat, entry_id=entry_id)

    assert judged <= codes_of(events, seat["id"])
    assert told(events) == [(0, 0, 1)]


def test_what_nobody_else_can_take_stays_and_the_declaration_is_kept(events: EventsHub) -> None:
    running, stage_id = assigned(events, candidates=4, judges_per_entry=4)
    seat = running.panel(stage_id)[0]
    before = codes_of(events, seat["id"])
    _, entry_id = entry_behind(events, seat)

    declare(events, running, seat, entry_id=entry_id)

    assert codes_of(events, seat["id"]) == before
    assert told(events) == [(0, 1, 0)]
    with events.refuses("CONFLICT_KNOWN", "candidateId"):
        declare(events, running, seat, entry_id=entry_id)


def test_a_work_that_nobody_can_take_keeps_no_other_back(events: EventsHub) -> None:
    running, stage_id = assigned(events)
    seat, *others = running.panel(stage_id)
    kept, stays = entry_behind(events, seat, 0)
    goes_on, moves = entry_behind(events, seat, 1)
    for other in others:
        if kept not in codes_of(events, other["id"]):
            declare(events, running, other, entry_id=stays)
    declare(events, running, seat, entry_id=stays)

    declare(events, running, seat, entry_id=moves)

    assert told(events) == [(0, 1, 0), (1, 1, 0)]
    mine = codes_of(events, seat["id"])
    assert kept in mine
    assert goes_on not in mine


def test_sheets_that_are_locked_stay_where_they_are(events: EventsHub) -> None:
    running, stage_id = assigned(events)
    seat = running.panel(stage_id)[0]
    before = codes_of(events, seat["id"])
    with events.runtime.database.transaction() as session:
        session.add(SheetLock(stage_id=stage_id, locked_at=session.now, rules_version=1, seed="0" * 64))

    declare(events, running, seat, entry_id=entry_behind(events, seat)[1])

    assert (codes_of(events, seat["id"]), told(events)) == (before, [(0, 1, 0)])


def test_organisers_cannot_move_works_by_declaring(events: EventsHub) -> None:
    running, stage_id = assigned(events)
    seat = running.panel(stage_id)[0]
    given = {"candidate_id": seat["candidate_id"], "entry_id": entry_behind(events, seat)[1], "reason": "x"}

    with events.refuses("ASSIGNED_ALREADY", "candidateId"):
        events.ask("declare_conflict", ORGANIZER, **given)
