"""Places given on, returned and reallocated: by whom, within which bounds, and what is said about it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from contracts.authority import Role, Scope
from procedures.shares.shares import Rounding, proportionally
from services.events.admission.allocation.reallocating import by_waiting
from services.events.admission.quotas.rules import QuotasRules, Reallocation
from services.events.admission.quotas.shares import by_entries
from tests.services.events.competitions.competing import CLOSES, ORGANIZER, a_track, drafted, opened
from tests.services.events.events_hub import ANHUI, NOW, SHANGHAI, EventsHub, eventually

RETURN = NOW + timedelta(days=20)
COUNTS = st.dictionaries(st.text("abcdef", min_size=1, max_size=3), st.integers(0, 500), min_size=1, max_size=8)


def tree(events: EventsHub, track_id: str, parent_id: str | None = None) -> dict[str, dict[str, Any]]:
    """The quotas directly below one (or the root), by their holder."""
    nodes = events.ask("quota_tree", track_id=track_id, parent_id=parent_id, first=100)["nodes"]
    return {node["organization_id"] or node["region"] or "root": node for node in nodes}


def books(quota: dict[str, Any]) -> tuple[int, int, int, int]:
    """Issued, allocated, returned, held."""
    return quota["issued"], quota["allocated"], quota["returned"], quota["held"]


def test_places_go_from_the_region_to_an_institution_and_its_entries_take_them(events: EventsHub) -> None:
    track_id = opened(events, tracks=[{**a_track(p340000=6), "reserve": 4}])
    college, other = events.organization("340104"), events.organization("340104")
    events.grant("office", Role.PROVINCE_OFFICE, Scope.province(ANHUI))
    root = tree(events, track_id)["root"]
    anhui = tree(events, track_id, root["id"])[ANHUI]

    events.ask("allocate_places", ORGANIZER, quota_id=root["id"], shares=[{"region": ANHUI, "places": 3}])
    said = len(events.said())
    shares = [{"organization_id": college, "places": 2}, {"region": "340100", "places": 1}]
    events.ask("allocate_places", "office", quota_id=anhui["id"], shares=shares)
    for contestant in ("1", "2"):
        events.ask("submit_entry", track_id=track_id, organization_id=college, contestant=contestant)
    events.ask("submit_entry", track_id=track_id, organization_id=other, contestant="3")

    assert books(tree(events, track_id)["root"]) == (10, 9, 0, 1)
    anhui = tree(events, track_id, root["id"])[ANHUI]
    below = tree(events, track_id, anhui["id"])
    assert books(anhui) == (9, 3, 0, 6)
    assert (below[college]["taken"], below["340100"]["taken"], anhui["taken"]) == (2, 1, 0)
    assert events.ask("quotas", track_ids=[track_id]) == [
        {"track_id": track_id, "province": ANHUI, "places": 9, "taken": 3, "offered": 0, "free": 6}
    ]
    type_, data = events.said(since=said)[0]
    assert (type_, data["places"], data["province"], data["provinces"]) == ("events.places_allocated", 3, ANHUI, [])
    assert data["organization_ids"] == [college]
    with events.refuses("QUOTA_EXHAUSTED", "trackId", places=2):
        events.ask("submit_entry", track_id=track_id, organization_id=college, contestant="4")


def test_allocate_places_refuses_what_is_not_there_not_within_or_not_ones_own(events: EventsHub) -> None:
    track_id = opened(events, tracks=[a_track(p340000=2, p310000=1)])
    of_shanghai = events.organization("310115")
    events.grant("office", Role.PROVINCE_OFFICE, Scope.province(SHANGHAI))
    root = tree(events, track_id)["root"]
    anhui = tree(events, track_id, root["id"])[ANHUI]["id"]

    with events.refuses("NOT_ENOUGH_PLACES", "places", free=2):
        events.ask("allocate_places", quota_id=anhui, shares=[{"region": "340100", "places": 3}])
    with events.refuses("NOT_WITHIN", "shares.0", holder="310115"):
        events.ask("allocate_places", quota_id=anhui, shares=[{"region": "310115", "places": 1}])
    with events.refuses("NOT_WITHIN", "shares.0", holder="上海师范大学"):
        events.ask("allocate_places", quota_id=anhui, shares=[{"organization_id": of_shanghai, "places": 1}])
    events.ask("allocate_places", quota_id=anhui, shares=[{"region": "340100", "places": 1}])
    events.ask("return_places", quota_id=anhui, places=1)
    with events.refuses("HELD_ELSEWHERE", "shares"):
        events.ask("allocate_places", quota_id=root["id"], shares=[{"region": "340100", "places": 1}])
    with events.refuses("GIVEN_TWICE", "shares", value="340200"):
        events.ask("allocate_places", quota_id=anhui, shares=[{"region": "340200", "places": 1}] * 2)
    with events.refuses("NOT_ALLOWED"):
        events.ask("allocate_places", "office", quota_id=anhui, shares=[{"region": "340100", "places": 1}])
    with events.refuses("NO_QUOTA", "quotaId"):
        events.ask("return_places", quota_id=root["id"], places=1)


def test_places_are_shared_out_by_entries_as_the_rules_say(events: EventsHub) -> None:
    rules = {"quotas": {"share": "0.03", "least_entries": 30, "direct": 1, "rounding": "half_up"}}
    track_id = opened(events, tracks=[a_track(p340000=20)], rules=rules)
    large, small, tiny = (events.organization("340104") for _ in range(3))
    root = tree(events, track_id)["root"]
    anhui = tree(events, track_id, root["id"])[ANHUI]["id"]

    shares = [{"organization_id": own, "entries": n} for own, n in ((large, 100), (small, 29), (tiny, 10))]
    events.ask("allocate_places", quota_id=anhui, shares=shares)

    given_out = {holder: quota["issued"] for holder, quota in tree(events, track_id, anhui).items()}
    assert given_out == {large: 4, small: 1}
    with events.refuses("INVALID", "shares.0.places"):
        events.ask("allocate_places", quota_id=anhui, shares=[{"region": "340100", "places": 1, "entries": 1}])
    with events.refuses("REQUIRED", "shares.0.places"):
        events.ask("allocate_places", quota_id=anhui, shares=[{"region": "340100"}])


def test_returned_places_can_be_given_to_others(events: EventsHub) -> None:
    track_id = opened(events, tracks=[a_track(p340000=2, p310000=1)])
    events.grant("leader", Role.DELEGATION_LEADER, Scope.delegation(_series(events, track_id), ANHUI))
    root = tree(events, track_id)["root"]
    anhui = tree(events, track_id, root["id"])[ANHUI]["id"]

    events.ask("return_places", "leader", quota_id=anhui, places=2)
    events.ask("allocate_places", ORGANIZER, quota_id=root["id"], shares=[{"region": SHANGHAI, "places": 2}])

    provinces = tree(events, track_id, root["id"])
    assert (books(provinces[ANHUI]), books(provinces[SHANGHAI])) == ((2, 0, 2, 0), (3, 0, 0, 3))
    assert books(tree(events, track_id)["root"]) == (3, 3, 0, 0)


def test_on_the_return_date_what_is_unused_comes_back_and_is_given_out_by_the_rule(events: EventsHub) -> None:
    closes = {"opens_at": NOW.isoformat(), "closes_at": RETURN.isoformat()}
    phases = [{"round": 1, "kind": "return", **closes}]
    rules = {"quotas": {"reallocate": "share"}}
    tracks = [{**a_track(p340000=4, p310000=2), "reserve": 1}]
    track_id = opened(events, tracks=tracks, phases=phases, rules=rules)
    of_shanghai = events.organization("310115")
    for contestant in ("1", "2"):
        events.ask("submit_entry", track_id=track_id, organization_id=of_shanghai, contestant=contestant)

    events.clock.move_to(RETURN)
    eventually(lambda: "events.phase_closed" in [type_ for type_, _ in events.said()])

    root = tree(events, track_id)["root"]
    provinces = tree(events, track_id, root["id"])
    assert (books(provinces[ANHUI]), books(provinces[SHANGHAI])) == ((4, 0, 4, 0), (7, 0, 0, 7))
    assert books(root) == (7, 7, 0, 0)


def test_a_track_outside_every_quota_takes_everybody(events: EventsHub) -> None:
    track_id = opened(events, tracks=[{"name_zh": "公开组", "name_en": "Open", "quotas": [], "unlimited": True}])
    organization_id = events.organization("110101")

    for number in range(5):
        events.ask("submit_entry", track_id=track_id, organization_id=organization_id, contestant=str(number))

    root = tree(events, track_id)["root"]
    assert (root["taken"], root["free"], root["issued"]) == (5, None, 0)


def test_nothing_moves_after_the_closing(events: EventsHub) -> None:
    track_id = opened(events)
    root = tree(events, track_id)["root"]
    anhui = tree(events, track_id, root["id"])[ANHUI]["id"]
    events.clock.move_to(CLOSES)
    eventually(lambda: "events.entries_closed" in [type_ for type_, _ in events.said()])

    with events.refuses("QUOTA_CLOSED", "quotaId"):
        events.ask("return_places", quota_id=anhui, places=1)
    with events.refuses("QUOTA_CLOSED", "quotaId"):
        events.ask("allocate_places", quota_id=anhui, shares=[{"region": "340100", "places": 1}])


def test_the_quotas_of_a_draft_are_its_organizers_to_see(events: EventsHub) -> None:
    track_id = drafted(events)["tracks"][0]["id"]

    assert events.ask("quota_tree", "somebody", track_id=track_id)["nodes"] == []
    assert events.ask("quota_tree", ORGANIZER, track_id=track_id)["nodes"] != []


@given(st.integers(0, 300), COUNTS)
def test_places_are_given_out_by_weight_to_the_last_one(places: int, weights: dict[str, int]) -> None:
    given_out = proportionally(places, weights)

    total = sum(weights.values())
    assert sum(given_out.values()) == (places if total else 0)
    for holder, number in given_out.items():
        assert not total or abs(number - places * weights[holder] / total) < 1


@given(COUNTS, st.sampled_from(list(Rounding)))
def test_a_share_of_entries_is_rounded_by_the_rule(entries: dict[str, int], rounding: Rounding) -> None:
    rules = QuotasRules(Decimal("0.03"), 30, 1, rounding, Reallocation.KEEP)

    shared = by_entries(entries, rules)

    for holder, number in entries.items():
        direct = 1 if number >= 30 else 0
        assert abs(shared[holder] - direct - number * 0.03) < 1


@given(st.integers(0, 50), COUNTS)
def test_places_go_where_most_wait_and_to_nobody_more_than_wait(places: int, waiting: dict[str, int]) -> None:
    given_out = by_waiting(places, waiting)

    assert sum(given_out.values()) == min(places, sum(waiting.values()))
    assert all(given_out[holder] <= number for holder, number in waiting.items())
    left = {holder: number - given_out[holder] for holder, number in waiting.items()}
    assert all(left[holder] >= max(left.values()) - 1 for holder, got in given_out.items() if got)


def _series(events: EventsHub, track_id: str) -> str:
    return next(
        str(each["series"]["id"])
        for each in events.ask("competitions")["nodes"]
        if track_id in [track["id"] for track in each["tracks"]]
    )
