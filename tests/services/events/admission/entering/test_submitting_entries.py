"""Submitting entries: who may, when, for whom, and how many."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from contracts.authority import Role, Scope
from kit.ids import new_id
from tests.services.events.competitions.competing import CLOSES, OPENS, a_track, drafted, opened, places, published
from tests.services.events.events_hub import ANHUI, SHANGHAI, EventsHub

TEACHER, DELEGATE = "teacher@normal", "delegate@shanghai"
MICROSECOND = timedelta(microseconds=1)


def entering(track_id: str, organization_id: str, contestant: str = "第一队") -> dict[str, str]:
    return {"track_id": track_id, "organization_id": organization_id, "contestant": contestant}


def test_submit_entry_takes_a_place_and_says_so_without_the_contestant(events: EventsHub) -> None:
    track_id = opened(events)
    organization_id = events.organization(representative=TEACHER)
    said = len(events.said())

    entry = events.ask("submit_entry", TEACHER, **entering(track_id, organization_id, " 第一队\t王老师 "))

    competition = events.ask("competitions")["nodes"][0]
    assert entry == {
        "id": entry["id"],
        "competition_id": competition["id"],
        "track": competition["tracks"][0],
        "organization_id": organization_id,
        "province": SHANGHAI,
        "contestant": "第一队 王老师",
        "status": "entered",
        "group_name": None,
        "offered_until": None,
        "created_at": OPENS.isoformat(),
        "withdrawn_at": None,
        "erased_at": None,
    }
    assert places(events, track_id) == {SHANGHAI: (2, 1, 1), ANHUI: (1, 0, 1)}
    message = {
        "entry_id": entry["id"],
        "competition": {"id": competition["id"], "zh": "班主任基本功大赛", "en": "Class-Teacher Skills Contest"},
        "track": {"id": track_id, "zh": "小学组", "en": "Track 小学组"},
        "organization": {"id": organization_id, "zh": "上海师范大学", "en": "University 310115"},
        "province": SHANGHAI,
        "edition": 14,
        "series_id": competition["series"]["id"],
    }
    assert events.said(since=said) == [("events.entry_submitted", message)]


def test_submit_entry_by_the_office_of_the_province_and_by_the_hub_office(events: EventsHub) -> None:
    track_id = opened(events)
    organization_id = events.organization()
    events.grant(DELEGATE, Role.PROVINCE_OFFICE, Scope.province(SHANGHAI))

    events.ask("submit_entry", DELEGATE, **entering(track_id, organization_id, "第一队"))
    events.ask("submit_entry", **entering(track_id, organization_id, "第二队"))

    assert places(events, track_id)[SHANGHAI] == (2, 2, 0)


def test_submit_entry_is_for_the_organization_and_its_province(events: EventsHub) -> None:
    track_id = opened(events)
    organization_id = events.organization()
    events.organization(representative=TEACHER)
    events.grant("anhui", Role.PROVINCE_OFFICE, Scope.province(ANHUI))
    left = events.grant("left", Role.REPRESENTATIVE, Scope.organization(organization_id))
    events.revoke(left)

    with events.refuses("SIGN_IN_REQUIRED"):
        events.ask("submit_entry", "", **entering(track_id, organization_id))
    for viewer in (TEACHER, "anhui", "left", "organizer", "nobody"):
        with events.refuses("NOT_ALLOWED"):
            events.ask("submit_entry", viewer, **entering(track_id, organization_id))


def test_submit_entry_refuses_a_draft(events: EventsHub) -> None:
    track_id = drafted(events)["tracks"][0]["id"]
    organization_id = events.organization()
    events.clock.move_to(OPENS)

    with events.refuses("ENTRIES_NOT_OPEN"):
        events.ask("submit_entry", **entering(track_id, organization_id))


def test_submit_entry_is_taken_from_the_opening_until_just_before_the_closing(events: EventsHub) -> None:
    track_id = published(events, tracks=[a_track(p310000=9)])["tracks"][0]["id"]
    organization_id = events.organization()

    events.clock.move_to(OPENS - MICROSECOND)
    with events.refuses("ENTRIES_NOT_OPEN"):
        events.ask("submit_entry", **entering(track_id, organization_id, "too early"))
    events.clock.move_to(OPENS)
    events.ask("submit_entry", **entering(track_id, organization_id, "first"))
    events.clock.move_to(CLOSES - MICROSECOND)
    events.ask("submit_entry", **entering(track_id, organization_id, "last"))

    assert places(events, track_id) == {SHANGHAI: (9, 2, 7)}


def test_submit_entry_at_the_closing_is_refused_though_nobody_has_closed_yet(events: EventsHub) -> None:
    track_id = opened(events)
    organization_id = events.organization()
    events.stop()
    events.clock.move_to(CLOSES)
    events.start_without_the_scheduler()

    with events.refuses("ENTRIES_NOT_OPEN"):
        events.ask("submit_entry", **entering(track_id, organization_id))


def test_submit_entry_refuses_when_the_places_of_the_province_are_taken(events: EventsHub) -> None:
    track_id = opened(events)
    organization_id = events.organization()
    of_anhui = events.organization("340100", zh="合肥学院")
    for number in (1, 2):
        events.ask("submit_entry", **entering(track_id, organization_id, f"第{number}队"))

    with events.refuses("QUOTA_EXHAUSTED", "trackId", places=2):
        events.ask("submit_entry", **entering(track_id, organization_id, "第3队"))
    events.ask("submit_entry", **entering(track_id, of_anhui, "第3队"))

    assert places(events, track_id) == {SHANGHAI: (2, 2, 0), ANHUI: (1, 1, 0)}


def test_submit_entry_refuses_a_province_without_a_quota(events: EventsHub) -> None:
    track_id = opened(events)
    of_jiangsu = events.organization("320100")

    with events.refuses("NO_QUOTA", "trackId"):
        events.ask("submit_entry", **entering(track_id, of_jiangsu))


def test_submit_entry_refuses_a_contestant_who_is_entered_already(events: EventsHub) -> None:
    track_id = opened(events)
    organization_id = events.organization()
    events.ask("submit_entry", **entering(track_id, organization_id, "第一队"))

    with events.refuses("ALREADY_ENTERED", "contestant"):
        events.ask("submit_entry", **entering(track_id, organization_id, "  第一队 "))


def test_submit_entry_tells_a_contestant_who_is_entered_so_also_when_all_places_are_taken(events: EventsHub) -> None:
    track_id = opened(events, tracks=[a_track(p310000=1)])
    organization_id = events.organization()
    events.ask("submit_entry", **entering(track_id, organization_id, "第一队"))

    with events.refuses("ALREADY_ENTERED", "contestant"):
        events.ask("submit_entry", **entering(track_id, organization_id, "第一队"))


def test_submit_entry_writes_nothing_when_all_places_are_taken(events: EventsHub) -> None:
    track_id = opened(events, tracks=[a_track(p310000=1)])
    organization_id = events.organization()
    events.ask("submit_entry", **entering(track_id, organization_id, "第一队"))

    with events.statements() as statements, events.refuses("QUOTA_EXHAUSTED", "trackId", places=1):
        events.ask("submit_entry", **entering(track_id, organization_id, "第二队"))

    assert not [sent for sent, _ in statements if sent.startswith(("INSERT", "UPDATE"))]


def test_submit_entry_takes_the_same_name_of_another_organization_or_in_another_track(events: EventsHub) -> None:
    track_id = opened(events, tracks=[a_track(), a_track("初中组")])
    other_track = events.ask("competitions")["nodes"][0]["tracks"][1]["id"]
    one, other = events.organization(), events.organization(zh="华东师范大学")

    for track, organization_id in ((track_id, one), (track_id, other), (other_track, one)):
        events.ask("submit_entry", **entering(track, organization_id))

    assert places(events, track_id)[SHANGHAI] == (2, 2, 0)
    assert places(events, other_track)[SHANGHAI] == (2, 1, 1)


def test_submit_entry_refuses_what_does_not_exist(events: EventsHub) -> None:
    track_id = opened(events)
    organization_id = events.organization()

    with events.refuses("NOT_FOUND", "trackId"):
        events.ask("submit_entry", **entering(new_id(), organization_id))
    with events.refuses("ORGANIZATION_UNKNOWN", "organizationId"):
        events.ask("submit_entry", **entering(track_id, new_id()))


@pytest.mark.parametrize(
    ("faulty", "code", "field", "params"),
    [
        ({"contestant": " "}, "INVALID", "contestant", {}),
        ({"contestant": "队" * 101}, "TOO_LONG", "contestant", {"max": "100"}),
        ({"track_id": "1"}, "INVALID", "trackId", {}),
        ({"organization_id": None}, "REQUIRED", "organizationId", {}),
        ({"places": 2}, "UNKNOWN_FIELD", "places", {}),
    ],
)
def test_submit_entry_refuses_input_of_another_form(
    events: EventsHub, faulty: dict[str, Any], code: str, field: str, params: dict[str, Any]
) -> None:
    with events.refuses(code, field, **params):
        events.ask("submit_entry", **{**entering(new_id(), new_id()), **faulty})


def test_submit_entry_twice_with_one_idempotency_key_takes_one_place(events: EventsHub) -> None:
    track_id = opened(events)
    organization_id = events.organization()

    first = events.ask("submit_entry", key="k", **entering(track_id, organization_id))
    second = events.ask("submit_entry", key="k", **entering(track_id, organization_id))

    assert second == first
    assert places(events, track_id)[SHANGHAI] == (2, 1, 1)
