"""Drafting: what an organiser prepares, and all that cannot be prepared."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from contracts.authority import Role, Scope
from kit.ids import new_id
from tests.services.events.competitions.competing import CLOSES, OPENS, ORGANIZER, a_track, an_edition, drafted
from tests.services.events.events_hub import NOW, EventsHub, Refused

MOMENT = NOW.isoformat()


def test_found_series_enters_a_series_and_says_so(events: EventsHub) -> None:
    alliance_id = events.alliance()

    series = events.ask("found_series", name_zh="技能大赛", name_en="Skills", alliance_id=alliance_id)

    assert series == {
        "id": series["id"],
        "name_zh": "技能大赛",
        "name_en": "Skills",
        "alliance_id": alliance_id,
        "created_at": MOMENT,
    }
    named = {"id": series["id"], "zh": "技能大赛", "en": "Skills"}
    assert events.said() == [("events.series_founded", {"series": named, "alliance_id": alliance_id})]


@pytest.mark.parametrize("viewer", ["", ORGANIZER])
def test_found_series_is_for_the_hub_office(events: EventsHub, viewer: str) -> None:
    drafted(events)

    with events.refuses("NOT_ALLOWED" if viewer else "SIGN_IN_REQUIRED"):
        events.ask("found_series", viewer, name_zh="技能大赛", name_en="Skills")


def test_found_series_refuses_a_name_that_is_taken(events: EventsHub) -> None:
    events.ask("found_series", name_zh="技能大赛", name_en="Skills")

    with events.refuses("SERIES_KNOWN", "nameZh"):
        events.ask("found_series", name_zh="技能大赛", name_en="Other")


def test_draft_competition_founds_its_series_and_keeps_every_fact(events: EventsHub) -> None:
    alliance_id = events.alliance()
    tracks = [a_track("小学组"), a_track("初中组", p340000=5)]

    competition = events.ask("draft_competition", **an_edition(alliance_id=alliance_id, tracks=tracks))

    series_id, (primary, secondary) = competition["series"]["id"], competition["tracks"]
    assert competition == {
        "id": competition["id"],
        "series": {
            "id": series_id,
            "name_zh": "班主任基本功大赛",
            "name_en": "Class-Teacher Skills Contest",
            "alliance_id": alliance_id,
            "created_at": MOMENT,
        },
        "number": 14,
        "name_zh": "第14届",
        "name_en": "Edition 14",
        "alliance_id": alliance_id,
        "host_region": "340100",
        "opens_at": OPENS.isoformat(),
        "closes_at": CLOSES.isoformat(),
        "status": "draft",
        "published_at": None,
        "cancelled_at": None,
        "cancel_reason": None,
        "reinstatable_until": None,
        "created_at": MOMENT,
        "tracks": [
            {
                "id": primary["id"],
                "competition_id": competition["id"],
                "code": "A",
                "kind": "individual",
                "name_zh": "小学组",
                "name_en": "Track 小学组",
                "entry_fields": [],
            },
            {
                "id": secondary["id"],
                "competition_id": competition["id"],
                "code": "B",
                "kind": "individual",
                "name_zh": "初中组",
                "name_en": "Track 初中组",
                "entry_fields": [],
            },
        ],
        "rounds": [
            {
                "id": competition["rounds"][0]["id"],
                "competition_id": competition["id"],
                "number": 1,
                "level": "final",
                "name_zh": "决赛",
                "name_en": "Final",
            }
        ],
    }
    assert events.ask("quotas", track_ids=[primary["id"], secondary["id"]]) == [
        {"track_id": primary["id"], "province": "310000", "places": 2, "taken": 0, "offered": 0, "free": 2},
        {"track_id": primary["id"], "province": "340000", "places": 1, "taken": 0, "offered": 0, "free": 1},
        {"track_id": secondary["id"], "province": "340000", "places": 5, "taken": 0, "offered": 0, "free": 5},
    ]
    names = {"zh": "班主任基本功大赛", "en": "Class-Teacher Skills Contest"}
    facts = {"edition": 14, "alliance_id": alliance_id, "series_id": series_id}
    window = {"opens_at": OPENS.isoformat(), "closes_at": CLOSES.isoformat()}
    assert events.said() == [
        ("events.series_founded", {"series": {"id": series_id, **names}, "alliance_id": alliance_id}),
        ("events.competition_drafted", {"competition": {"id": competition["id"], **names}, **facts, **window}),
    ]


def test_draft_competition_by_the_organizer_goes_on_from_the_series_and_its_alliance(events: EventsHub) -> None:
    alliance_id = events.alliance()
    first = drafted(events, alliance_id=alliance_id)

    next_one = an_edition(series=None, series_id=first["series"]["id"], number=15, name_zh="第十五届", name_en="15th")
    second = events.ask("draft_competition", ORGANIZER, **next_one)

    assert second["series"] == first["series"]
    assert (second["number"], second["name_zh"], second["name_en"]) == (15, "第十五届", "15th")
    assert second["alliance_id"] == alliance_id


def test_draft_competition_of_a_series_is_for_its_own_organizer(events: EventsHub) -> None:
    series_id = drafted(events)["series"]["id"]
    facts = an_edition(series=None, series_id=series_id, number=15)
    events.grant("of-another", Role.ORGANIZER, Scope.event(new_id()))
    events.grant("province", Role.PROVINCE_OFFICE, Scope.province("340000"))

    with events.refuses("SIGN_IN_REQUIRED"):
        events.ask("draft_competition", "", **facts)
    for viewer in ("of-another", "province"):
        with events.refuses("NOT_ALLOWED"):
            events.ask("draft_competition", viewer, **facts)


def test_draft_competition_with_a_new_series_is_for_the_hub_office(events: EventsHub) -> None:
    drafted(events)

    with events.refuses("NOT_ALLOWED"):
        events.ask("draft_competition", ORGANIZER, **an_edition(series={"name_zh": "新赛", "name_en": "New"}))


def test_draft_competition_refuses_what_exists_already(events: EventsHub) -> None:
    series_id = drafted(events)["series"]["id"]

    with events.refuses("EDITION_KNOWN", "number", edition=14):
        events.ask("draft_competition", ORGANIZER, **an_edition(series=None, series_id=series_id))
    with events.refuses("SERIES_KNOWN", "nameZh"):
        events.ask("draft_competition", **an_edition())


def a_window(opens_in: timedelta, closes_in: timedelta) -> dict[str, str]:
    return {"opens_at": (NOW + opens_in).isoformat(), "closes_at": (NOW + closes_in).isoformat()}


HOUR, MICROSECOND = timedelta(hours=1), timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("facts", "code", "field", "params"),
    [
        (a_window(HOUR, HOUR), "WINDOW_INVALID", "closesAt", {}),
        (a_window(2 * HOUR, HOUR), "WINDOW_INVALID", "closesAt", {}),
        (a_window(-HOUR, timedelta()), "WINDOW_PASSED", "closesAt", {}),
        ({"host_region": "349999"}, "UNKNOWN_REGION", "hostRegion", {"region": "349999"}),
        ({"tracks": [a_track(p340100=1)]}, "UNKNOWN_REGION", "tracks.0.quotas", {"region": "340100"}),
        ({"tracks": [a_track(), a_track()]}, "GIVEN_TWICE", "tracks", {"value": "小学组"}),
        (
            {"tracks": [{**a_track(), "quotas": [{"province": "310000", "places": 1}] * 2}]},
            "GIVEN_TWICE",
            "tracks.0.quotas",
            {"value": "310000"},
        ),
        ({"alliance_id": "0198c1de-0000-7000-8000-000000000000"}, "ALLIANCE_UNKNOWN", "allianceId", {}),
        ({"series": None}, "REQUIRED", "seriesId", {}),
        ({"series_id": "0198c1de-0000-7000-8000-000000000000"}, "INVALID", "seriesId", {}),
        ({"series": None, "series_id": "0198c1de-0000-7000-8000-000000000000"}, "NOT_FOUND", "seriesId", {}),
        ({"tracks": []}, "TOO_SHORT", "tracks", {"min": "1"}),
        ({"tracks": [a_track(p310000=0)]}, "OUT_OF_RANGE", "tracks.0.quotas.0.places", {"min": "1", "max": "1000000"}),
        ({"number": 0}, "OUT_OF_RANGE", "number", {"min": "1", "max": "9999"}),
        ({"opens_at": "2026-03-03T01:00:00"}, "INVALID", "opensAt", {}),
    ],
)
def test_draft_competition_refuses_facts_that_do_not_hold(
    events: EventsHub, facts: dict[str, Any], code: str, field: str, params: dict[str, Any]
) -> None:
    with events.refuses(code, field, **params):
        events.ask("draft_competition", **an_edition(**facts))


def test_draft_competition_takes_a_window_that_has_opened_and_not_closed(events: EventsHub) -> None:
    competition = events.ask("draft_competition", **an_edition(**a_window(-HOUR, MICROSECOND)))

    assert competition["status"] == "draft"


def test_draft_competition_twice_with_one_idempotency_key_drafts_once(events: EventsHub) -> None:
    first = events.ask("draft_competition", key="k", **an_edition())

    second = events.ask("draft_competition", key="k", **an_edition())

    assert second == first
    assert [type_ for type_, _ in events.said()] == ["events.series_founded", "events.competition_drafted"]


def test_the_refused_texts_name_the_edition(events: EventsHub) -> None:
    series_id = drafted(events)["series"]["id"]

    with pytest.raises(Refused) as refused:
        events.ask("draft_competition", **an_edition(series=None, series_id=series_id))

    assert refused.value.problems == [{"code": "EDITION_KNOWN", "field": "number", "params": {"edition": 14}}]
