"""Replacing in an emergency: the next in the order takes over what is not judged yet, and what was judged stays."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from sqlalchemy import select

from services.events.judging.blinding.model import BlindCode
from services.events.judging.judges.document import differences
from services.events.judging.judges.model import Assignment
from services.events.judging.judges.queries import draw_of
from services.events.judging.judges.schemas import document_of
from services.events.judging.scoring.model import Sheet
from tests.services.events.competitions.competing import ORGANIZER
from tests.services.events.events_hub import EventsHub
from tests.services.events.judging.judges.judging import SUPERVISOR, Running, messages
from tests.services.events.judging.motions.moving import done, moved, signed


def assigned(events: EventsHub, candidates: int = 8, entries: int = 8, **rules: Any) -> tuple[Running, str]:
    """A stage whose works are assigned to a panel of four."""
    running = Running(events, entries=entries, **rules)
    for n in range(candidates):
        running.nominate(n)
    stage_id = running.begin()
    running.drawn(stage_id)
    running.accepted(stage_id)
    events.ask("assign_judges", ORGANIZER, stage_id=stage_id)
    return running, stage_id


def codes_of(events: EventsHub, seat_id: str) -> set[str]:
    with events.runtime.database.transaction(writes=False) as session:
        return set(session.scalars(select(Assignment.code).where(Assignment.seat_id == seat_id)))


def submit(events: EventsHub, seat_id: str, sheets: int, status: str = "submitted") -> set[str]:
    """Let a judge have submitted so many sheets; returns their codes."""
    with events.runtime.database.transaction() as session:
        query = select(Assignment).where(Assignment.seat_id == seat_id).order_by(Assignment.code).limit(sheets)
        done = session.scalars(query).all()
        for each in done:
            session.add(
                Sheet(
                    id=each.id,
                    created_at=session.now,
                    version=1,
                    stage_id=each.stage_id,
                    seat_id=seat_id,
                    status=status,
                    points={},
                    remark="",
                    rubric="1",
                    return_reason="",
                )
            )
        return {each.code for each in done}


def person_of(events: EventsHub, running: Running, candidate_id: str) -> str:
    candidates = events.ask("judge_candidates", ORGANIZER, competition_id=running.competition_id, first=100)["nodes"]
    return next(str(each["person"]) for each in candidates if each["id"] == candidate_id)


def document(events: EventsHub, stage_id: str) -> dict[str, Any]:
    """What is published once the codes are opened."""
    with events.runtime.database.transaction(writes=False) as session:
        found = draw_of(session, stage_id)
        assert found
        return document_of(found)


def test_replace_judge_hands_open_works_to_the_next_in_the_order(events: EventsHub) -> None:
    running, stage_id = assigned(events)
    seat = running.panel(stage_id)[0]
    judged = submit(events, seat["id"], 2)
    drafted = submit(events, running.panel(stage_id)[1]["id"], 1, status="draft")
    before = codes_of(events, seat["id"])
    told = len(messages(events, "judge_drawn"))

    done(events, "replace_judge", seat_id=seat["id"], reason="急病")

    (new,) = messages(events, "judge_drawn")[told:]
    assert codes_of(events, seat["id"]) == judged
    assert codes_of(events, new["seat_id"]) == before - judged
    assert drafted <= codes_of(events, running.panel(stage_id)[1]["id"])
    (said,) = messages(events, "judge_replaced")
    assert (said["seat_id"], said["moved"], said["vacant"]) == (seat["id"], len(before) - 2, False)
    assert [(each["person"], each["reason"]) for each in messages(events, "judge_released")] == [
        (running.person(seat), "急病")
    ]
    assert messages(events, "works_assigned")[-1] | {"stage_id": ""} == {
        **messages(events, "works_assigned")[-1],
        "stage_id": "",
        "seat_id": new["seat_id"],
        "works": len(before) - 2,
    }
    published = document(events, stage_id)
    assert differences(published) == []
    assert published["left"] == [{"candidate": seat["candidate_id"], "how": "replaced"}]


def test_who_has_a_conflict_with_the_works_is_passed_over(events: EventsHub) -> None:
    running, stage_id = assigned(events, candidates=12)
    seat = running.panel(stage_id)[0]
    published = document(events, stage_id)
    provinces = {line["candidate"]: line["province"] for line in published["roster"]}
    waiting = [id_ for id_ in published["order"] if id_ not in published["panel"]]
    next_ones = [id_ for id_ in waiting if provinces[id_] == seat["province"]]
    for university in running.universities:
        against = {"candidate_id": next_ones[0], "organization_id": university, "reason": "x"}
        with events.refuses("ASSIGNED_ALREADY", "candidateId"):
            events.ask("declare_conflict", ORGANIZER, **against)
        events.ask("declare_conflict", person_of(events, running, next_ones[0]), **against)

    done(events, "replace_judge", seat_id=seat["id"], reason="急病")

    published = document(events, stage_id)
    assert {each["candidate"]: each["how"] for each in published["left"]} == {
        seat["candidate_id"]: "replaced",
        next_ones[0]: "passed_over",
    }
    assert next_ones[1] in published["panel"]
    assert differences(published) == []


def test_who_would_make_too_many_of_a_province_or_takes_too_few_is_passed_over(events: EventsHub) -> None:
    running = Running(events, entries=4, most_per_province=None, most_of_province_per_entry=1)
    for n in range(4):
        running.nominate(n)
    stage_id = running.begin()
    running.drawn(stage_id)
    running.accepted(stage_id)
    events.ask("assign_judges", ORGANIZER, stage_id=stage_id)
    seat = running.panel(stage_id)[0]

    done(events, "replace_judge", seat_id=seat["id"], reason="急病")

    loads = events.ask("assignment_report", SUPERVISOR, stage_id=stage_id)
    assert [each["works"] for each in loads["loads"]] == [4, 4, 4], "nobody was left, so the panel shares"


def test_where_nobody_is_left_the_panel_shares_the_works_evenly(events: EventsHub) -> None:
    running, stage_id = assigned(events, candidates=4)
    seat = running.panel(stage_id)[0]
    moving = codes_of(events, seat["id"])

    done(events, "replace_judge", seat_id=seat["id"], reason="急病")

    live = [each for each in running.panel(stage_id) if each["status"] == "accepted"]
    assert Counter(code for each in live for code in codes_of(events, each["id"])) == dict.fromkeys(
        set().union(*(codes_of(events, each["id"]) for each in live)), 3
    )
    assert [len(codes_of(events, each["id"])) for each in live] == [8, 8, 8]
    assert codes_of(events, seat["id"]) == set()
    (said,) = messages(events, "judge_replaced")
    assert (said["moved"], said["vacant"]) == (len(moving), True)


def test_where_nobody_can_take_over_nothing_is_replaced(events: EventsHub) -> None:
    running, stage_id = assigned(events, candidates=4, max_load=6)
    seat = running.panel(stage_id)[0]
    motion = moved(events, "replace_judge", seat_id=seat["id"], reason="急病")

    with events.refuses("ROOM_LACKING", "stageId", room=0, needed=6):
        signed(events, motion)


def test_a_work_that_only_one_could_judge_is_named_neither_by_code_nor_by_institution(events: EventsHub) -> None:
    running = Running(events, entries=4, judges_per_entry=4)
    for n in range(4):
        running.nominate(n)
    stage_id = running.begin()
    running.drawn(stage_id)
    running.accepted(stage_id)
    events.ask("assign_judges", ORGANIZER, stage_id=stage_id)
    seat = running.panel(stage_id)[0]

    with pytest.raises(Exception, match="JUDGES_LACKING") as refused:
        done(events, "replace_judge", seat_id=seat["id"], reason="急病")

    with events.runtime.database.transaction(writes=False) as session:
        codes = list(session.scalars(select(BlindCode.code)))
    assert not [each for each in (*codes, "大学", "University") if each in str(refused.value)]


def test_replace_judge_before_works_are_assigned_brings_in_the_next(events: EventsHub) -> None:
    running = Running(events)
    for n in range(8):
        running.nominate(n)
    stage_id = running.begin()
    running.drawn(stage_id)
    seat = running.panel(stage_id)[0]

    done(events, "replace_judge", seat_id=seat["id"], reason="联系不上")

    assert [each["status"] for each in running.panel(stage_id) if each["id"] == seat["id"]] == ["replaced"]
    assert messages(events, "judge_replaced")[0]["moved"] == 0
    assert len([each for each in running.panel(stage_id) if each["status"] == "drawn"]) == 4
    with events.refuses("SEAT_STANDS", "seatId", status="replaced"):
        events.ask("replace_judge", ORGANIZER, seat_id=seat["id"], reason="联系不上")


def test_who_steps_in_can_decline_and_the_works_go_on(events: EventsHub) -> None:
    running, stage_id = assigned(events, candidates=12)
    first = running.panel(stage_id)[0]
    moving = codes_of(events, first["id"])
    done(events, "replace_judge", seat_id=first["id"], reason="急病")
    second = running.panel(stage_id)[-1]

    events.ask("decline_seat", running.person(second), seat_id=second["id"], reason="出差")

    third = running.panel(stage_id)[-1]
    assert third["id"] != second["id"]
    assert (codes_of(events, second["id"]), codes_of(events, third["id"])) == (set(), moving)
    assert differences(document(events, stage_id)) == []


@pytest.mark.parametrize("viewer", [SUPERVISOR, "judge-1", ""])
def test_replace_judge_is_for_organisers(events: EventsHub, viewer: str) -> None:
    running, stage_id = assigned(events)
    seat = running.panel(stage_id)[0]

    with events.refuses("NOT_ALLOWED" if viewer else "SIGN_IN_REQUIRED"):
        events.ask("replace_judge", viewer, seat_id=seat["id"], reason="x")
