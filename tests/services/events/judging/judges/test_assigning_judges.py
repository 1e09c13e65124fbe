"""Assigning on the hub: every work has its judges, no conflict is broken, and nothing that is shown joins code and entry."""

from __future__ import annotations

import json
import time
from collections import Counter
from typing import Any

import pytest
from sqlalchemy import select

from services.events.judging.blinding.model import BlindCode
from services.events.judging.judges.model import Assignment, Seat
from tests.services.events.competitions.competing import ORGANIZER
from tests.services.events.events_hub import OFFICE, EventsHub
from tests.services.events.judging.judges.judging import SUPERVISOR, Running, messages


def seated(events: EventsHub, entries: int = 8, candidates: int = 8, **rules: Any) -> tuple[Running, str]:
    """A stage with a panel that has accepted."""
    running = Running(events, entries=entries, **rules)
    for n in range(candidates):
        running.nominate(n)
    stage_id = running.begin()
    running.drawn(stage_id)
    running.accepted(stage_id)
    return running, stage_id


def assigned(events: EventsHub) -> list[tuple[str, str]]:
    """Who judges which entry: what only the hub knows."""
    with events.runtime.database.transaction(writes=False) as session:
        query = (
            select(Seat.person, BlindCode.entry_id)
            .join(Assignment, Assignment.seat_id == Seat.id)
            .join(BlindCode, BlindCode.code == Assignment.code)
        )
        return [(person, entry_id) for person, entry_id in session.execute(query)]


def test_assign_judges_gives_every_work_its_judges_evenly(events: EventsHub) -> None:
    running, stage_id = seated(events)

    report = events.ask("assign_judges", ORGANIZER, stage_id=stage_id)

    found = assigned(events)
    assert Counter(entry for _, entry in found) == dict.fromkeys(running.entry_ids, 3)
    assert set(Counter(person for person, _ in found).values()) == {6}
    assert (report["least"], report["most"], report["mean"], report["excluded"], report["bitten"]) == (6, 6, 6.0, 0, 0)
    assert report["mixes"] == [{"provinces": 3, "works": 8}]
    assert [(each["judges"], each["works"]) for each in report["provinces"]] == [(1, 6)] * 4
    (said,) = messages(events, "judges_assigned")
    assert (said["works"], said["judges"], said["least"], said["most"]) == (8, 4, 6, 6)
    assert sorted(each["works"] for each in messages(events, "works_assigned")) == [6, 6, 6, 6]


def test_assign_judges_keeps_everybody_from_what_they_have_a_conflict_with(events: EventsHub) -> None:
    running = Running(events, entries=8)
    for n in range(4):
        running.nominate(n, organization_id=running.universities[n])
    stage_id = running.begin()
    running.drawn(stage_id)
    running.accepted(stage_id)

    report = events.ask("assign_judges", ORGANIZER, stage_id=stage_id)

    own = {f"judge-{n}": {running.entry_ids[n], running.entry_ids[n + 4]} for n in range(4)}
    assert all(entry not in own[person] for person, entry in assigned(events))
    assert report["excluded"] == 8
    assert 0 <= report["bitten"] <= 8


def test_nothing_that_is_shown_of_an_assignment_names_a_code_or_an_entry(events: EventsHub) -> None:
    running, stage_id = seated(events)
    report = events.ask("assign_judges", ORGANIZER, stage_id=stage_id)
    with events.runtime.database.transaction(writes=False) as session:
        codes = list(session.scalars(select(BlindCode.code)))

    shown = [report]
    for viewer in (ORGANIZER, SUPERVISOR, OFFICE):
        shown.append(events.ask("assignment_report", viewer, stage_id=stage_id))
        shown.append(events.ask("panel", viewer, stage_id=stage_id))
        shown.append(events.ask("conflicts", viewer, stage_id=stage_id))
        shown.append(events.ask("draws", viewer, stage_id=stage_id))
    said = [data for type_, data in events.said() if type_ != "events.entry_submitted"]
    text = json.dumps([shown, said], default=str)

    assert len(codes) == 8
    assert not [code for code in codes if code in text]
    assert not [entry_id for entry_id in running.entry_ids if entry_id in text]


def test_the_order_of_assignments_tells_nothing_of_codes(events: EventsHub) -> None:
    _, stage_id = seated(events)
    events.ask("assign_judges", ORGANIZER, stage_id=stage_id)

    with events.runtime.database.transaction(writes=False) as session:
        by_id = list(session.scalars(select(Assignment.code).order_by(Assignment.id)))

    assert by_id != sorted(by_id)  # by chance they are once in some hundred thousand times


def test_how_many_judges_are_lacking_is_told_and_no_code_is_dealt(events: EventsHub) -> None:
    running = Running(events, entries=4)
    for n in range(4):
        candidate = running.nominate(n)
        if n < 2:
            against = {"candidate_id": candidate["id"], "organization_id": running.universities[3], "reason": "x"}
            events.ask("declare_conflict", ORGANIZER, **against)
    stage_id = running.begin()
    running.drawn(stage_id)
    running.accepted(stage_id)

    with events.refuses("JUDGES_LACKING", "stageId", missing=1):
        events.ask("assign_judges", ORGANIZER, stage_id=stage_id)


def test_a_panel_that_takes_too_few_works_is_told_so(events: EventsHub) -> None:
    _, stage_id = seated(events, max_load=5)

    with events.refuses("ROOM_LACKING", "stageId", room=20, needed=24):
        events.ask("assign_judges", ORGANIZER, stage_id=stage_id)


def test_a_judge_who_takes_fewer_has_fewer(events: EventsHub) -> None:
    running = Running(events, entries=8)
    for n in range(4):
        running.nominate(n, max_load=3 if n == 0 else None)
    stage_id = running.begin()
    running.drawn(stage_id)
    running.accepted(stage_id)

    events.ask("assign_judges", ORGANIZER, stage_id=stage_id)

    assert Counter(person for person, _ in assigned(events)) == {"judge-0": 3, "judge-1": 7, "judge-2": 7, "judge-3": 7}


def test_assign_judges_waits_for_the_panel_and_for_every_answer(events: EventsHub) -> None:
    running = Running(events)
    for n in range(4):
        running.nominate(n)
    stage_id = running.begin()

    with events.refuses("NOT_DRAWN", "stageId"):
        events.ask("assign_judges", ORGANIZER, stage_id=stage_id)
    draw = running.commit(stage_id)
    with events.refuses("NOT_DRAWN", "stageId"):
        events.ask("assign_judges", ORGANIZER, stage_id=stage_id)
    running.reveal(draw["id"])
    with events.refuses("SEATS_UNANSWERED", "stageId", seats=4):
        events.ask("assign_judges", ORGANIZER, stage_id=stage_id)


def test_assign_judges_is_done_once_and_then_the_draw_stands(events: EventsHub) -> None:
    running, stage_id = seated(events)
    events.ask("assign_judges", ORGANIZER, stage_id=stage_id)
    seat = running.panel(stage_id)[0]
    (draw,) = events.ask("draws", "", stage_id=stage_id)["nodes"]

    with events.refuses("ASSIGNED_ALREADY", "stageId"):
        events.ask("assign_judges", ORGANIZER, stage_id=stage_id)
    with events.refuses("ASSIGNED_ALREADY", "drawId"):
        events.ask("cancel_draw", SUPERVISOR, draw_id=draw["id"], reason="x")
    with events.refuses("ASSIGNED_ALREADY", "seatId"):
        events.ask("decline_seat", running.person(seat), seat_id=seat["id"], reason="x")


def test_a_stage_in_which_nothing_competes_has_nothing_to_judge(events: EventsHub) -> None:
    _, stage_id = seated(events, entries=0)

    with events.refuses("NOTHING_TO_JUDGE", "stageId"):
        events.ask("assign_judges", ORGANIZER, stage_id=stage_id)


@pytest.mark.parametrize("viewer", [SUPERVISOR, "judge-1", ""])
def test_assign_judges_is_for_organisers(events: EventsHub, viewer: str) -> None:
    _, stage_id = seated(events)

    with events.refuses("NOT_ALLOWED" if viewer else "SIGN_IN_REQUIRED"):
        events.ask("assign_judges", viewer, stage_id=stage_id)


def test_the_report_is_for_those_who_run_or_supervise_and_wants_a_panel(events: EventsHub) -> None:
    running = Running(events)
    stage_id = running.begin()

    with events.refuses("NOT_DRAWN", "stageId"):
        events.ask("assignment_report", SUPERVISOR, stage_id=stage_id)
    with events.refuses("NOT_ALLOWED"):
        events.ask("assignment_report", "judge-1", stage_id=stage_id)


def test_a_season_of_240_entries_and_24_judges_is_assigned_within_seconds(events: EventsHub) -> None:
    rules = {"seats": 24, "most_per_province": 6, "judges_per_entry": 4, "most_of_province_per_entry": 1}
    _, stage_id = seated(events, entries=240, candidates=40, **rules)

    begun = time.perf_counter()
    report = events.ask("assign_judges", ORGANIZER, stage_id=stage_id)
    seconds = time.perf_counter() - begun

    print(
        f"240 entries, 24 judges, 4 each, one of each province: {seconds:.2f} s, {report['least']} to {report['most']}"
    )
    assert (report["least"], report["most"]) == (40, 40)
    assert report["mixes"] == [{"provinces": 4, "works": 240}]
    assert seconds < 60  # a few, where nobody else has the machine
