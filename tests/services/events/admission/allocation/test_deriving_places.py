"""Deriving places: who entered last year says who gets how many, shown first, given exactly so, and all of them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.authority import Role, Scope
from services.events.admission.allocation.deriving import Derived
from tests.services.events.competitions.competing import ORGANIZER, a_track, drafted, opened
from tests.services.events.events_hub import ANHUI, SHANGHAI, EventsHub, at_once

WHY = "按上届报名数分配"
LEADER = "leader"


def seasons(events: EventsHub, reserve: int = 10) -> tuple[dict[str, Any], dict[str, str]]:
    """The quota of the whole region in this year's draft, and what entered last year: 3 of Shanghai, 1 of Anhui."""
    track_id = opened(
        events, tracks=[a_track(p310000=20, p340000=20)], rules={"entries": {"members_required": "never"}}
    )
    schools = {}
    for name, region, entries in (("沪一", "310115", 2), ("沪二", "310104", 1), ("皖一", "340100", 1)):
        schools[name] = events.organization(region, f"of-{name}", zh=name)
        for number in range(entries):
            entry = {"track_id": track_id, "organization_id": schools[name], "contestant": f"{name}{number}"}
            events.ask("submit_entry", f"of-{name}", **entry)
    series = {"id": events.ask("competitions")["nodes"][0]["series"]["id"]}
    tracks = [{**a_track(), "quotas": [], "reserve": reserve}]
    draft = drafted(events, series=None, series_id=series["id"], number=15, tracks=tracks)
    [root] = events.ask("quota_tree", ORGANIZER, track_id=draft["tracks"][0]["id"])["nodes"]
    return root, schools


def shown(events: EventsHub, quota: dict[str, Any], viewer: str = ORGANIZER, **which: Any) -> dict[str, Any]:
    found: dict[str, Any] = events.ask("derived_places", viewer, quota_id=quota["id"], **which)
    return found


def take(
    events: EventsHub, quota: dict[str, Any], digest: str, viewer: str = ORGANIZER, **which: Any
) -> dict[str, Any]:
    given_ = {"quota_id": quota["id"], "digest": digest, "reason": WHY, **which}
    found: dict[str, Any] = events.ask("derive_places", viewer, **given_)
    return found


def test_places_of_the_region_go_to_provinces_by_their_entries(events: EventsHub) -> None:
    root, _ = seasons(events)
    events.rest()
    before = events.contents()

    preview = shown(events, root)

    assert [(each["province"], each["entries"], each["places"]) for each in preview["shares"]] == [
        (SHANGHAI, 3, 8),
        (ANHUI, 1, 2),
    ]
    assert (preview["places"], events.contents()) == (10, before)
    said = len(events.said())
    left = take(events, root, preview["digest"])
    assert (left["held"], left["allocated"]) == (0, 10)
    parts = events.ask("quota_tree", ORGANIZER, track_id=root["track_id"], parent_id=root["id"])["nodes"]
    assert {each["region"]: each["issued"] for each in parts} == {SHANGHAI: 8, ANHUI: 2}
    [(type_, told)] = events.said(since=said)
    assert (type_, told["reason"], told["places"]) == ("events.places_allocated", WHY, 10)


def test_places_of_a_province_go_to_its_institutions(events: EventsHub) -> None:
    root, schools = seasons(events)
    take(events, root, shown(events, root)["digest"])
    parts = events.ask("quota_tree", ORGANIZER, track_id=root["track_id"], parent_id=root["id"])["nodes"]
    shanghai = next(each for each in parts if each["region"] == SHANGHAI)
    series_id = events.ask("competitions")["nodes"][0]["series"]["id"]
    events.grant(LEADER, Role.DELEGATION_LEADER, Scope.delegation(series_id, SHANGHAI))

    preview = shown(events, shanghai, LEADER, places=4)
    with events.refuses("NOT_PUBLISHED", "competitionId"):
        take(events, shanghai, preview["digest"], LEADER, places=4)
    [track] = events.ask("tracks_by_id", ORGANIZER, ids=[root["track_id"]])
    events.ask("publish_competition", ORGANIZER, competition_id=track["competition_id"])
    take(events, shanghai, preview["digest"], LEADER, places=4)

    got = {each["organization_id"]: each["places"] for each in preview["shares"]}
    assert got == {schools["沪一"]: 3, schools["沪二"]: 1}
    below = events.ask("quota_tree", ORGANIZER, track_id=root["track_id"], parent_id=shanghai["id"])["nodes"]
    assert {each["organization_id"]: each["issued"] for each in below} == got
    with events.refuses("NOT_ALLOWED"):
        shown(events, root, LEADER)
    with events.refuses("NOTHING_TO_DERIVE", "quotaId"):
        shown(events, below[0], LEADER)


@pytest.mark.parametrize(
    ("which", "code", "field"),
    [
        ({"places": 11}, "NOT_ENOUGH_PLACES", "places"),
        ({"competition_id": "01990000-0000-7000-8000-000000000001"}, "NOT_FOUND", "competitionId"),
    ],
)
def test_what_cannot_be_shared_so_is_refused(events: EventsHub, which: dict[str, Any], code: str, field: str) -> None:
    root, _ = seasons(events)

    params = {"free": 10} if "places" in which else {}
    with events.refuses(code, field, **params):
        shown(events, root, **which)


def test_only_what_was_shown_is_given(events: EventsHub) -> None:
    root, _ = seasons(events)
    preview = shown(events, root)

    with events.refuses("DIGEST_DIFFERS", "digest"):
        take(events, root, preview["digest"], places=9)
    with events.refuses("NOT_ALLOWED"):
        take(events, root, preview["digest"], "of-沪一")
    outcomes = at_once(lambda: take(events, root, preview["digest"]), lambda: take(events, root, preview["digest"]))
    assert len([each for each in outcomes if isinstance(each, dict)]) == 1
    first = events.ask("competitions")["nodes"][0]
    [last] = events.ask("quota_tree", ORGANIZER, track_id=first["tracks"][0]["id"])["nodes"]
    with events.refuses("NOTHING_TO_DERIVE", "competitionId"):
        shown(events, {"id": last["id"]})


@given(
    places=st.integers(1, 5_000),
    entries=st.dictionaries(st.text("abcdef", min_size=1, max_size=3), st.integers(1, 400), min_size=1, max_size=40),
)
def test_shares_sum_to_the_whole_and_nobody_is_further_than_one_from_their_part(
    places: int, entries: dict[str, int]
) -> None:
    shares = Derived("quota", "edition", places, entries).shares

    total = sum(entries.values())
    assert sum(shares.values()) == places
    assert all(abs(shares[holder] - places * number / total) < 1 for holder, number in entries.items())
    assert all(shares[one] >= shares[two] - 1 for one in entries for two in entries if entries[one] >= entries[two])
