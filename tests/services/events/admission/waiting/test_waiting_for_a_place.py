"""Waiting: who comes when all is taken waits in order, is overtaken by nobody, and can see where it stands."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest

from kit.ids import new_id
from tests.services.events.admission.entering.entering import members
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
from tests.services.events.events_hub import EventsHub, Refused, at_once


def test_submit_entry_waits_where_no_place_is_free_and_says_so(events: EventsHub) -> None:
    track_id, organization_id, [entered] = a_full_track(events)

    entry_id = waits(events, track_id, organization_id, "候补队")

    assert books(events, track_id) == {"held": 1, "taken": 1, "offered": 0, "waiting": 1}
    [place] = events.ask("waiting_places", TEACHER, entry_ids=[entry_id, entered])
    assert place == {
        "entry_id": entry_id,
        "position": 1,
        "ahead": 0,
        "why": "no_place_free",
        "policy": "strict",
        "estimated_chance": None,
        "offered_until": None,
    }
    type_, message = events.said()[-1]
    assert (type_, message["entry_id"], message["organization"]["id"]) == (
        "events.entry_waiting",
        entry_id,
        organization_id,
    )


def test_submit_entry_takes_a_free_place_rather_than_wait(events: EventsHub) -> None:
    track_id, organization_id, [entered] = a_full_track(events)
    events.ask("withdraw_entry", entry_id=entered)

    entry = submitted(events, track_id, organization_id, "第一队", wait_if_full=True)

    assert entry["status"] == "entered"
    assert books(events, track_id) == {"held": 1, "taken": 1, "offered": 0, "waiting": 0}


def test_without_being_asked_to_nobody_waits(events: EventsHub) -> None:
    track_id, organization_id, _ = a_full_track(events)

    with events.refuses("QUOTA_EXHAUSTED", "trackId", places=1):
        submitted(events, track_id, organization_id, "候补队", wait_if_full=False)


def test_without_a_waiting_list_nobody_waits(events: EventsHub) -> None:
    track_id, organization_id, _ = a_full_track(events, enabled=False)

    with events.refuses("QUOTA_EXHAUSTED", "trackId", places=1):
        submitted(events, track_id, organization_id, "候补队", wait_if_full=True)


def test_a_waiting_list_is_as_long_as_the_rules_say(events: EventsHub) -> None:
    track_id, organization_id, _ = a_full_track(events, most=2)
    for name in ("甲", "乙"):
        waits(events, track_id, organization_id, name)

    with events.refuses("WAITING_LIST_FULL", "trackId", most=2):
        submitted(events, track_id, organization_id, "丙", wait_if_full=True)


def test_the_same_contestant_waits_once(events: EventsHub) -> None:
    track_id, organization_id, _ = a_full_track(events)
    waits(events, track_id, organization_id, "候补队")

    for name in ("候补队", "第0队"):
        with events.refuses("ALREADY_ENTERED", "contestant"):
            submitted(events, track_id, organization_id, name, wait_if_full=True)


def test_a_waiting_entry_sees_its_place_and_chance(events: EventsHub) -> None:
    track_id, organization_id, entered = a_full_track(events, places=3)
    ids = [waits(events, track_id, organization_id, name) for name in "甲乙丙"]
    events.clock.move_to(OPENS + timedelta(days=10))
    events.ask("withdraw_entry", entry_id=entered[0])

    places = events.ask("waiting_places", TEACHER, entry_ids=ids)

    offered, first, second = places
    assert (offered["position"], offered["why"], offered["estimated_chance"]) == (None, "next_in_line", None)
    assert offered["offered_until"] == (OPENS + timedelta(days=10, hours=48)).isoformat()
    assert [(each["position"], each["ahead"]) for each in (first, second)] == [(1, 0), (2, 1)]
    # one place in ten days, twenty days to go: two more are expected
    assert first["estimated_chance"] == pytest.approx(0.8647, abs=1e-3)
    assert second["estimated_chance"] == pytest.approx(0.5940, abs=1e-3)


def test_places_and_decisions_are_told_to_those_whom_they_concern(events: EventsHub) -> None:
    track_id, organization_id, _ = a_full_track(events)
    entry_id = waits(events, track_id, organization_id, "候补队")
    events.organization(representative="another", zh="华东师范大学")

    for viewer, seen in ((TEACHER, 1), ("organizer", 1), ("another", 0), ("nobody", 0), ("", 0)):
        assert len(events.ask("waiting_places", viewer, entry_ids=[entry_id])) == seen
    with events.refuses("NOT_ALLOWED"):
        events.ask("waiting_decisions", "another", entry_id=entry_id)
    with events.refuses("NOT_FOUND", "entryId"):
        events.ask("waiting_decisions", entry_id=new_id())


def test_who_waits_can_withdraw_and_the_others_move_on(events: EventsHub) -> None:
    track_id, organization_id, _ = a_full_track(events)
    first, second = (waits(events, track_id, organization_id, name) for name in "甲乙")

    events.ask("withdraw_entry", TEACHER, entry_id=first)

    assert standing(events, first, second) == ["withdrawn", "waiting"]
    assert books(events, track_id) == {"held": 1, "taken": 1, "offered": 0, "waiting": 1}
    assert events.ask("waiting_places", TEACHER, entry_ids=[second])[0]["position"] == 1
    assert decisions(events) == []


def test_a_place_that_others_wait_for_is_not_taken_by_who_comes_later(events: EventsHub) -> None:
    track_id, organization_id, [entered, _] = a_full_track(events, places=2, policy="whole_groups")
    group = [waits(events, track_id, organization_id, name, group_name="甲组") for name in "甲乙"]
    events.ask("withdraw_entry", entry_id=entered)

    with events.refuses("OTHERS_WAIT", "trackId", waiting=2):
        submitted(events, track_id, organization_id, "后来者")
    assert standing(events, *group) == ["waiting", "waiting"]


def test_many_who_wait_at_once_wait_all_and_once(events: EventsHub) -> None:
    track_id, organization_id, _ = a_full_track(events)

    submit = partial(submitted, events, track_id, organization_id, wait_if_full=True)
    outcomes = at_once(*[partial(submit, f"候补{number % 4}") for number in range(8)])

    refused = [each.problems[0]["code"] for each in outcomes if isinstance(each, Refused)]
    assert refused == ["ALREADY_ENTERED"] * 4
    assert books(events, track_id) == {"held": 1, "taken": 1, "offered": 0, "waiting": 4}


def test_waiting_and_withdrawing_at_once_leaves_no_place_free_that_somebody_waits_for(events: EventsHub) -> None:
    track_id, organization_id, entered = a_full_track(events, places=3)

    submit = partial(submitted, events, track_id, organization_id, wait_if_full=True)
    withdraw = partial(events.ask, "withdraw_entry")
    deeds = [partial(submit, f"候补{number}") for number in range(4)]
    at_once(*deeds, *[partial(withdraw, entry_id=entry_id) for entry_id in entered])

    found = books(events, track_id)
    assert found["held"] == found["taken"] + found["offered"] == 3
    assert found["waiting"] == 1


def test_a_waiting_entry_keeps_its_members(events: EventsHub) -> None:
    track_id, organization_id, _ = a_full_track(events)

    people = [{"role": "contestant", "name": "王小明"}]
    entry_id = waits(events, track_id, organization_id, "候补队", members=people)

    assert [each.name for each in members(events, entry_id)] == ["王小明"]


def test_nobody_waits_after_the_window(events: EventsHub) -> None:
    track_id, organization_id, _ = a_full_track(events)
    events.stop()
    events.clock.move_to(CLOSES)
    events.start_without_the_scheduler()

    with events.refuses("ENTRIES_NOT_OPEN"):
        submitted(events, track_id, organization_id, "候补队", wait_if_full=True)
    assert "entry_waiting" not in said(events)
