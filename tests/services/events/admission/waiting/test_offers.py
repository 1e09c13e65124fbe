"""Offers: a place that comes free is held for the next in line, for a time, and goes on where nobody takes it."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest

from kit.ids import new_id
from tests.services.events.admission.entering.entering import WANG, contestant, counts
from tests.services.events.admission.waiting.waiting import (
    TEACHER,
    a_full_track,
    books,
    decisions,
    said,
    standing,
    submitted,
    waits,
)
from tests.services.events.competitions.competing import CLOSES, OPENS
from tests.services.events.events_hub import EventsHub, Refused, at_once, eventually

HOURS = timedelta(hours=1)


def test_a_place_that_comes_free_is_offered_to_the_first_who_waits(events: EventsHub) -> None:
    track_id, organization_id, [entered] = a_full_track(events, offer_hours=24)
    first, second = (waits(events, track_id, organization_id, name) for name in "甲乙")

    events.ask("withdraw_entry", entry_id=entered)

    assert standing(events, first, second) == ["offered", "waiting"]
    assert books(events, track_id) == {"held": 1, "taken": 0, "offered": 1, "waiting": 1}
    assert decisions(events) == [(first, "next_in_line", True, None)]
    type_, message = events.said()[-1]
    assert (type_, message["entry_id"]) == ("events.offer_made", first)
    assert message["offered_until"] == (OPENS + 24 * HOURS).isoformat()


def test_accept_offer_takes_the_place(events: EventsHub) -> None:
    track_id, organization_id, [entered] = a_full_track(events)
    first, second = (waits(events, track_id, organization_id, name) for name in "甲乙")
    events.ask("withdraw_entry", entry_id=entered)

    entry = events.ask("accept_offer", TEACHER, entry_id=first)

    assert (entry["status"], entry["offered_until"]) == ("entered", None)
    assert standing(events, first, second) == ["entered", "waiting"]
    assert books(events, track_id) == {"held": 1, "taken": 1, "offered": 0, "waiting": 1}
    assert said(events)[-1] == "offer_accepted"
    with events.refuses("NO_OFFER", "entryId"):
        events.ask("accept_offer", TEACHER, entry_id=first)


@pytest.mark.parametrize("method", ["decline_offer", "withdraw_entry"])
def test_a_place_that_is_declined_goes_to_the_next(events: EventsHub, method: str) -> None:
    track_id, organization_id, [entered] = a_full_track(events)
    first, second = (waits(events, track_id, organization_id, name) for name in "甲乙")
    events.ask("withdraw_entry", entry_id=entered)

    entry = events.ask(method, TEACHER, entry_id=first)

    assert (entry["status"], entry["withdrawn_at"]) == ("withdrawn", OPENS.isoformat())
    assert standing(events, first, second) == ["withdrawn", "offered"]
    assert books(events, track_id) == {"held": 1, "taken": 0, "offered": 1, "waiting": 0}
    assert decisions(events) == [(first, "next_in_line", True, None), (second, "next_in_line", True, None)]


def test_an_offer_lapses_at_its_time_and_the_place_goes_to_the_next(events: EventsHub) -> None:
    track_id, organization_id, [entered] = a_full_track(events, offer_hours=24)
    first, second, third = (waits(events, track_id, organization_id, name) for name in "甲乙丙")
    events.ask("withdraw_entry", entry_id=entered)

    events.clock.move_to(OPENS + 24 * HOURS)
    eventually(lambda: standing(events, first)[0] == "lapsed")
    assert standing(events, second, third) == ["offered", "waiting"]
    events.clock.move_to(OPENS + 48 * HOURS)
    eventually(lambda: standing(events, second)[0] == "lapsed")

    assert standing(events, third) == ["offered"]
    assert books(events, track_id) == {"held": 1, "taken": 0, "offered": 1, "waiting": 0}
    assert said(events).count("offer_lapsed") == 2


def test_offers_of_one_track_lapse_each_at_its_own_time(events: EventsHub) -> None:
    track_id, organization_id, [one, other] = a_full_track(events, places=2, offer_hours=24)
    first, second = (waits(events, track_id, organization_id, name) for name in "甲乙")
    events.ask("withdraw_entry", entry_id=one)
    events.clock.advance(5 * HOURS)
    events.ask("withdraw_entry", entry_id=other)

    events.clock.move_to(OPENS + 24 * HOURS)
    eventually(lambda: standing(events, first)[0] == "lapsed")
    assert standing(events, second) == ["offered"]
    events.clock.move_to(OPENS + 29 * HOURS)
    eventually(lambda: standing(events, second)[0] == "lapsed")

    assert books(events, track_id) == {"held": 2, "taken": 0, "offered": 0, "waiting": 0}


def test_an_offer_is_over_at_its_time_though_the_scheduler_is_late(events: EventsHub) -> None:
    track_id, organization_id, [entered] = a_full_track(events, offer_hours=24)
    first = waits(events, track_id, organization_id, "甲")
    events.ask("withdraw_entry", entry_id=entered)
    events.stop()
    events.clock.move_to(OPENS + 24 * HOURS)
    events.start_without_the_scheduler()

    for method in ("accept_offer", "decline_offer"):
        with events.refuses("OFFER_OVER", "entryId"):
            events.ask(method, TEACHER, entry_id=first)


def test_an_offer_ends_with_the_entry_window_at_the_latest(events: EventsHub) -> None:
    track_id, organization_id, [entered] = a_full_track(events, offer_hours=240)
    first = waits(events, track_id, organization_id, "甲")
    events.clock.move_to(CLOSES - 3 * HOURS)

    events.ask("withdraw_entry", entry_id=entered)

    assert events.ask("entries_by_id", ids=[first])[0]["offered_until"] == CLOSES.isoformat()


def test_who_waits_without_an_offer_can_neither_accept_nor_decline(events: EventsHub) -> None:
    track_id, organization_id, [entered] = a_full_track(events)
    first = waits(events, track_id, organization_id, "甲")

    for entry_id in (first, entered):
        for method in ("accept_offer", "decline_offer"):
            with events.refuses("NO_OFFER", "entryId"):
                events.ask(method, TEACHER, entry_id=entry_id)


def test_an_offer_is_taken_by_those_who_enter(events: EventsHub) -> None:
    track_id, organization_id, [entered] = a_full_track(events)
    first = waits(events, track_id, organization_id, "甲")
    events.ask("withdraw_entry", entry_id=entered)

    for method in ("accept_offer", "decline_offer"):
        with events.refuses("SIGN_IN_REQUIRED"):
            events.ask(method, "", entry_id=first)
        with events.refuses("NOT_ALLOWED"):
            events.ask(method, "organizer", entry_id=first)
        with events.refuses("NOT_FOUND", "entryId"):
            events.ask(method, TEACHER, entry_id=new_id())


def test_accepting_and_declining_at_once_comes_to_one_of_them(events: EventsHub) -> None:
    track_id, organization_id, [entered] = a_full_track(events)
    first = waits(events, track_id, organization_id, "甲")
    events.ask("withdraw_entry", entry_id=entered)

    deeds = [partial(events.ask, method, entry_id=first) for method in ("accept_offer", "decline_offer") * 3]
    outcomes = at_once(*deeds)

    done = [each["status"] for each in outcomes if not isinstance(each, Refused)]
    assert len(done) == 1
    assert standing(events, first) == done
    assert books(events, track_id)["taken"] == (done == ["entered"])
    assert books(events, track_id)["offered"] == 0


def test_a_person_counts_while_an_entry_waits_and_no_longer_when_its_offer_has_lapsed(events: EventsHub) -> None:
    track_id, organization_id, [entered] = a_full_track(events, offer_hours=24)
    people = [contestant("王", WANG)]
    first = waits(events, track_id, organization_id, "甲", members=people)
    with events.refuses("PERSON_ENTERED_IN_TRACK", "members", most=1):
        submitted(events, track_id, organization_id, "乙", members=people, wait_if_full=True)

    events.ask("withdraw_entry", entry_id=entered)
    events.clock.move_to(OPENS + 24 * HOURS)
    eventually(lambda: standing(events, first)[0] == "lapsed")

    assert counts(events) == []
    assert submitted(events, track_id, organization_id, "甲", members=people)["status"] == "entered"


def test_decisions_about_an_entry_are_read_in_their_order(events: EventsHub) -> None:
    track_id, organization_id, [entered] = a_full_track(events)
    first = waits(events, track_id, organization_id, "甲")
    events.ask("withdraw_entry", entry_id=entered)

    page = events.ask("waiting_decisions", TEACHER, entry_id=first)

    [decision] = page["nodes"]
    assert decision == {
        "id": decision["id"],
        "entry_id": first,
        "decided_at": OPENS.isoformat(),
        "policy": "strict",
        "version": 1,
        "reason": "next_in_line",
        "free": 1,
        "offered": True,
        "passed_for_id": None,
    }
