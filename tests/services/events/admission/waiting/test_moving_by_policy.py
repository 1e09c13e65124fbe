"""Moving: the policy of the rules decides who is next, wherever places come free; who is passed over can read why."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from services.events.admission.quotas.model import Quota
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
from tests.services.events.competitions.competing import OPENS, ORGANIZER, a_track, opened
from tests.services.events.events_hub import SHANGHAI, EventsHub, eventually

DAY = timedelta(days=1)


def quota(events: EventsHub, track_id: str, region: str = "") -> str:
    """The id of the quota of a region; of the whole region where none is given."""
    with events.runtime.database.transaction(writes=False) as session:
        mine = Quota.track_id == track_id, Quota.region == region, Quota.organization_id.is_(None)
        return session.scalars(select(Quota.id).where(*mine)).one()


def a_track_of_all(events: EventsHub, reserve: int, **waiting: Any) -> str:
    """The id of a track whose places are the organisers' reserve, for every province but Jiangsu to enter from."""
    track = {**a_track(p320000=1), "reserve": reserve}
    return opened(events, tracks=[track], rules={"waiting": waiting})


def test_whole_groups_are_offered_places_together_and_who_is_passed_over_can_read_why(events: EventsHub) -> None:
    track_id, organization_id, [one, other] = a_full_track(events, places=2, policy="whole_groups")
    group = [waits(events, track_id, organization_id, name, group_name="甲组") for name in "甲乙"]
    alone = waits(events, track_id, organization_id, "丙")

    events.ask("withdraw_entry", entry_id=one)
    assert standing(events, *group, alone) == ["waiting", "waiting", "offered"]
    assert decisions(events) == [
        (alone, "whole_group_fits", True, None),
        (group[0], "group_does_not_fit", False, alone),
        (group[1], "group_does_not_fit", False, alone),
    ]
    assert [each["why"] for each in events.ask("waiting_places", TEACHER, entry_ids=group)] == [
        "group_does_not_fit",
        "group_does_not_fit",
    ]
    events.ask("decline_offer", TEACHER, entry_id=alone)
    events.ask("withdraw_entry", entry_id=other)

    assert standing(events, *group) == ["offered", "offered"]
    assert books(events, track_id) == {"held": 2, "taken": 0, "offered": 2, "waiting": 0}


def test_a_group_of_one_organization_is_no_group_with_another_of_that_name(events: EventsHub) -> None:
    track_id, organization_id, [entered, _] = a_full_track(events, places=2, policy="whole_groups")
    other = events.organization(zh="华东师范大学")
    first = waits(events, track_id, organization_id, "甲", group_name="代表队")
    second = waits(events, track_id, other, "乙", group_name="代表队")

    events.ask("withdraw_entry", entry_id=entered)

    assert standing(events, first, second) == ["offered", "waiting"]


def test_a_group_that_has_become_small_enough_moves_up(events: EventsHub) -> None:
    track_id, organization_id, [entered, _] = a_full_track(events, places=2, policy="whole_groups")
    first, second = (waits(events, track_id, organization_id, name, group_name="甲组") for name in "甲乙")
    events.ask("withdraw_entry", entry_id=entered)
    assert standing(events, first, second) == ["waiting", "waiting"]

    events.ask("withdraw_entry", entry_id=first)

    assert standing(events, second) == ["offered"]


def test_who_waits_alone_where_a_group_does_not_fit_is_offered_the_place_at_once(events: EventsHub) -> None:
    track_id, organization_id, [entered, _] = a_full_track(events, places=2, policy="whole_groups")
    for name in "甲乙":
        waits(events, track_id, organization_id, name, group_name="甲组")
    events.ask("withdraw_entry", entry_id=entered)

    entry = submitted(events, track_id, organization_id, "丙", wait_if_full=True)

    assert entry["status"] == "offered"
    assert books(events, track_id) == {"held": 2, "taken": 1, "offered": 1, "waiting": 2}


def test_the_province_whose_places_are_filled_least_goes_first(events: EventsHub) -> None:
    track_id = a_track_of_all(events, 3, policy="province_balanced")
    shanghai, anhui = events.organization(), events.organization("340100", zh="合肥学院")
    entered = [submitted(events, track_id, shanghai, f"第{number}队")["id"] for number in range(3)]
    first = waits(events, track_id, shanghai, "上海候补")
    second = waits(events, track_id, anhui, "安徽候补")

    events.ask("withdraw_entry", entry_id=entered[0])

    assert standing(events, first, second) == ["waiting", "offered"]
    assert decisions(events) == [
        (second, "province_filled_least", True, None),
        (first, "province_filled_more", False, second),
    ]
    assert events.ask("waiting_decisions", entry_id=first)["nodes"][0]["passed_for_id"] == second


def test_places_that_are_allocated_go_to_those_who_wait(events: EventsHub) -> None:
    track = {**a_track(p310000=1), "reserve": 5}
    track_id = opened(events, tracks=[track])
    organization_id = events.organization(representative=TEACHER)
    submitted(events, track_id, organization_id, "第一队")
    ids = [waits(events, track_id, organization_id, name) for name in "甲乙丙"]

    shares = [{"region": SHANGHAI, "places": 2}]
    events.ask("allocate_places", ORGANIZER, quota_id=quota(events, track_id), shares=shares)

    assert standing(events, *ids) == ["offered", "offered", "waiting"]
    assert books(events, track_id) == {"held": 3, "taken": 1, "offered": 2, "waiting": 1}
    assert said(events).count("offer_made") == 2


def test_who_waits_for_a_quota_waits_for_its_part_once_that_is_the_most_particular(events: EventsHub) -> None:
    track_id, own, [one, _] = a_full_track(events, places=2, policy="whole_groups")
    school = events.organization("310104", zh="徐汇学校")
    of_school = waits(events, track_id, school, "校队")
    group = [waits(events, track_id, own, name, group_name="甲组") for name in "甲乙"]
    events.ask("withdraw_entry", entry_id=one)
    events.ask("decline_offer", entry_id=of_school)
    again = submitted(events, track_id, school, "校队", wait_if_full=True, group_name="校组")
    assert again["status"] == "offered"
    events.ask("decline_offer", entry_id=again["id"])

    shares = [{"organization_id": own, "places": 1}]
    events.ask("allocate_places", quota_id=quota(events, track_id, SHANGHAI), shares=shares)

    assert standing(events, *group) == ["waiting", "waiting"]
    assert books(events, track_id) == {"held": 1, "taken": 1, "offered": 0, "waiting": 0}
    events.ask("withdraw_entry", entry_id=group[1])
    assert standing(events, group[0]) == ["offered"]


def test_places_that_are_returned_go_to_those_who_wait_above(events: EventsHub) -> None:
    track_id = opened(events, tracks=[{**a_track(p310000=3), "reserve": 1}])
    jiangsu = events.organization("320100", zh="江苏学院")
    submitted(events, track_id, jiangsu, "第一队")
    waiting = waits(events, track_id, jiangsu, "候补队")

    events.ask("return_places", quota_id=quota(events, track_id, SHANGHAI), places=1)

    assert standing(events, waiting) == ["offered"]
    assert books(events, track_id, "") == {"held": 2, "taken": 1, "offered": 1, "waiting": 0}


def test_on_the_return_date_places_go_to_the_provinces_where_entries_wait(events: EventsHub) -> None:
    phase = {"round": 1, "kind": "return"}
    phase |= {"opens_at": (OPENS + DAY).isoformat(), "closes_at": (OPENS + 2 * DAY).isoformat()}
    track_id = opened(events, tracks=[a_track(p310000=1, p340000=4)], phases=[phase])
    organization_id = events.organization()
    submitted(events, track_id, organization_id, "第一队")
    ids = [waits(events, track_id, organization_id, name) for name in "甲乙"]

    events.clock.move_to(OPENS + 2 * DAY)
    eventually(lambda: "phase_closed" in said(events))

    assert standing(events, *ids) == ["offered", "offered"]
    assert books(events, track_id) == {"held": 3, "taken": 1, "offered": 2, "waiting": 0}
