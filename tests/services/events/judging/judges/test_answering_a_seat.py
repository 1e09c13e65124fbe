"""Seats: who was drawn accepts or declines, and the next in the order steps in."""

from __future__ import annotations

from typing import Any

import pytest

from contracts.authority import Role, Scope
from kit.ids import new_id
from services.events.judging.blinding.model import Seal
from services.events.judging.judges.document import differences
from tests.services.events.competitions.competing import ORGANIZER
from tests.services.events.events_hub import OFFICE, EventsHub, at_once
from tests.services.events.judging.judges.judging import SUPERVISOR, Running, messages


def drawn(events: EventsHub, candidates: int = 12, **rules: Any) -> tuple[Running, str, str]:
    """A stage with a panel of four, one of each province, and the id of its draw."""
    running = Running(events, **rules)
    for n in range(candidates):
        running.nominate(n)
    stage_id = running.begin()
    return running, stage_id, running.drawn(stage_id)["id"]


def test_accept_seat_once(events: EventsHub) -> None:
    running, stage_id, _ = drawn(events)
    seat = running.panel(stage_id)[0]

    accepted = events.ask("accept_seat", running.person(seat), seat_id=seat["id"])

    assert accepted["status"] == "accepted"
    assert [said["seat_id"] for said in messages(events, "seat_accepted")] == [seat["id"]]
    with events.refuses("SEAT_STANDS", "seatId", status="accepted"):
        events.ask("accept_seat", running.person(seat), seat_id=seat["id"])


def test_decline_seat_brings_in_the_next_of_the_same_order(events: EventsHub) -> None:
    running, stage_id, draw_id = drawn(events)
    seat = running.panel(stage_id)[0]
    told = len(messages(events, "judge_drawn"))

    events.ask("decline_seat", running.person(seat), seat_id=seat["id"], reason="出差")

    document = events.ask("draws_by_id", "", ids=[draw_id])[0]["document"]
    assert document["left"] == [{"candidate": seat["candidate_id"], "how": "declined"}]
    assert differences(document) == []
    live = [each for each in running.panel(stage_id) if each["status"] == "drawn"]
    assert {each["candidate_id"] for each in live} == set(document["panel"])
    (new,) = messages(events, "judge_drawn")[told:]
    newcomer = next(each for each in live if each["id"] == new["seat_id"])
    order = [id_ for id_ in document["order"] if id_ not in document["drawn"]]
    same_province = [id_ for id_ in order if province(document, id_) == seat["province"]]
    assert newcomer["candidate_id"] == same_province[0], "the next of the province that lost its seat"
    (said,) = messages(events, "seat_declined")
    assert said["vacant"] is False and "出差" not in str(said)


def test_when_nobody_is_left_the_seat_stays_empty_and_that_is_said(events: EventsHub) -> None:
    running, stage_id, draw_id = drawn(events, candidates=4)
    seat = running.panel(stage_id)[0]

    events.ask("decline_seat", running.person(seat), seat_id=seat["id"], reason="出差")

    assert messages(events, "seat_declined")[0]["vacant"] is True
    assert len([each for each in running.panel(stage_id) if each["status"] == "drawn"]) == 3
    assert differences(events.ask("draws_by_id", "", ids=[draw_id])[0]["document"]) == []


def test_who_accepted_can_still_decline_before_works_are_assigned(events: EventsHub) -> None:
    running, stage_id, _ = drawn(events)
    seat = running.panel(stage_id)[0]
    events.ask("accept_seat", running.person(seat), seat_id=seat["id"])

    declined = events.ask("decline_seat", running.person(seat), seat_id=seat["id"], reason="生病")

    assert (declined["status"], declined["reason"]) == ("declined", "生病")
    with events.refuses("SEAT_STANDS", "seatId", status="declined"):
        events.ask("accept_seat", running.person(seat), seat_id=seat["id"])


def test_a_seat_is_answered_by_whom_it_is(events: EventsHub) -> None:
    running, stage_id, _ = drawn(events)
    first, second = running.panel(stage_id)[:2]

    for viewer in (running.person(second), ORGANIZER, OFFICE):
        with events.refuses("NOT_ALLOWED"):
            events.ask("accept_seat", viewer, seat_id=first["id"])
        with events.refuses("NOT_ALLOWED"):
            events.ask("decline_seat", viewer, seat_id=first["id"], reason="x")
    with events.refuses("SIGN_IN_REQUIRED"):
        events.ask("accept_seat", "", seat_id=first["id"])
    for viewer in (running.person(first), OFFICE):  # a seat that is not there is answered like that of another
        with events.refuses("NOT_ALLOWED"):
            events.ask("accept_seat", viewer, seat_id=new_id())


def test_a_candidate_who_sits_on_a_panel_cannot_withdraw(events: EventsHub) -> None:
    running, stage_id, _ = drawn(events)
    seat = running.panel(stage_id)[0]

    with events.refuses("SEAT_HELD", "candidateId"):
        events.ask("withdraw_candidate", running.person(seat), candidate_id=seat["candidate_id"])
    events.ask("decline_seat", running.person(seat), seat_id=seat["id"], reason="出差")

    withdrawn = events.ask("withdraw_candidate", running.person(seat), candidate_id=seat["candidate_id"])
    assert withdrawn["status"] == "withdrawn"


def test_of_two_who_decline_at_once_two_others_come(events: EventsHub) -> None:
    running, stage_id, draw_id = drawn(events)
    first, second = running.panel(stage_id)[:2]

    at_once(
        *(
            lambda seat=seat: events.ask("decline_seat", running.person(seat), seat_id=seat["id"], reason="出差")
            for seat in (first, second)
        )
    )

    live = [each for each in running.panel(stage_id) if each["status"] == "drawn"]
    assert len(live) == len({each["candidate_id"] for each in live}) == 4
    document = events.ask("draws_by_id", "", ids=[draw_id])[0]["document"]
    assert {each["candidate_id"] for each in live} == set(document["panel"])


def test_the_panel_is_seen_by_who_runs_or_supervises_and_ones_own_seat_by_oneself(events: EventsHub) -> None:
    running, stage_id, _ = drawn(events)
    seats = running.panel(stage_id)
    mine = seats[0]

    assert running.panel(stage_id, SUPERVISOR) == running.panel(stage_id, OFFICE) == seats
    for viewer, code in (("somebody", "NOT_ALLOWED"), (running.person(mine), "NOT_ALLOWED"), ("", "SIGN_IN_REQUIRED")):
        with events.refuses(code):
            running.panel(stage_id, viewer)
    assert [each["id"] for each in events.ask("my_seats", running.person(mine))["nodes"]] == [mine["id"]]
    ids = [each["id"] for each in seats]
    assert [each["id"] for each in events.ask("seats_by_id", running.person(mine), ids=ids)] == [mine["id"]]
    assert len(events.ask("seats_by_id", SUPERVISOR, ids=ids)) == 4
    assert events.ask("seats_by_id", "", ids=ids) == []


@pytest.mark.parametrize(("public", "opened"), [(True, True), (True, False), (False, True)])
def test_the_panel_is_public_once_codes_are_opened_where_the_rules_say_so(
    events: EventsHub, public: bool, opened: bool
) -> None:
    running, stage_id, _ = drawn(events, panel_public=public)
    seat = running.panel(stage_id)[0]
    events.ask("decline_seat", running.person(seat), seat_id=seat["id"], reason="家事")
    with events.runtime.database.transaction() as session:
        session.add(Seal(id=stage_id, created_at=session.now, version=1, opened_at=session.now if opened else None))

    if public and opened:
        shown = running.panel(stage_id, "")
        assert [each["name"] for each in shown] == [each["name"] for each in running.panel(stage_id)]
        assert {each["reason"] for each in shown} == {""}
    else:
        with events.refuses("SIGN_IN_REQUIRED"):
            running.panel(stage_id, "")


def test_another_series_organiser_sees_nothing(events: EventsHub) -> None:
    running, stage_id, _ = drawn(events)
    events.grant("stranger", Role.ORGANIZER, Scope.event(new_id()))
    ids = [each["id"] for each in running.panel(stage_id)]

    assert events.ask("seats_by_id", "stranger", ids=ids) == []
    with events.refuses("NOT_ALLOWED"):
        events.ask("conflicts", "stranger", stage_id=stage_id)


def province(document: dict[str, list[dict[str, str]]], candidate_id: str) -> str:
    return next(line["province"] for line in document["roster"] if line["candidate"] == candidate_id)
