"""Simulating: what each policy would do with a supposed line, which nothing that stands changes."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from contracts.events.admission.waiting import WaitingPolicy
from procedures.waiting.policies import Filling
from services.events.admission.waiting.simulating import Line, simulate
from tests.services.events.events_hub import ANHUI, SHANGHAI, EventsHub

P = WaitingPolicy
LINES = st.lists(st.builds(Line, st.sampled_from([SHANGHAI, ANHUI]), st.integers(1, 5), st.booleans()), max_size=8)


def offered(lines: list[Line], free: int, filled: dict[str, Filling] | None = None) -> dict[WaitingPolicy, list[int]]:
    return {each.policy: [line.offered for line in each.outcomes] for each in simulate(lines, free, filled or {})}


def test_a_group_that_does_not_fit_waits_only_where_groups_come_whole() -> None:
    lines = [Line(SHANGHAI, 3, together=True), Line(ANHUI, 2)]

    assert offered(lines, 2) == {
        P.STRICT: [2, 0],
        P.BEST_FIT: [2, 0],
        P.PROVINCE_BALANCED: [1, 1],
        P.WHOLE_GROUPS: [0, 2],
    }


def test_the_province_that_is_filled_least_comes_first_where_provinces_are_balanced() -> None:
    lines = [Line(SHANGHAI, 2), Line(ANHUI, 2)]
    filled = {SHANGHAI: Filling(9, 10), ANHUI: Filling(1, 10)}

    assert offered(lines, 2, filled)[P.PROVINCE_BALANCED] == [0, 2]
    assert offered(lines, 2, filled)[P.STRICT] == [2, 0]


@given(lines=LINES, free=st.integers(0, 20))
def test_no_policy_gives_more_than_there_is_or_than_anybody_asks_for(lines: list[Line], free: int) -> None:
    waiting = sum(line.entries for line in lines)
    for each in simulate(lines, free, {}):
        got = [outcome.offered for outcome in each.outcomes]
        assert sum(got) + each.left == free
        assert all(0 <= number <= line.entries for number, line in zip(got, lines, strict=True))
        if each.policy != P.WHOLE_GROUPS:
            assert sum(got) == min(free, waiting)
        else:
            assert all(number in (0, line.entries) for number, line in zip(got, lines, strict=True) if line.together)


def test_it_is_asked_for_by_who_is_signed_in_and_changes_nothing(events: EventsHub) -> None:
    supposed: dict[str, Any] = {
        "free": 1,
        "line": [{"province": SHANGHAI, "entries": 1}, {"province": ANHUI, "entries": 1}],
        "provinces": [{"province": SHANGHAI, "places": 2, "filled": 2}, {"province": ANHUI, "places": 2, "filled": 0}],
    }
    events.rest()
    before = events.contents()

    found = events.ask("simulate_waiting", "somebody", **supposed)

    assert [(each["policy"], [line["offered"] for line in each["outcomes"]]) for each in found] == [
        ("strict", [1, 0]),
        ("best_fit", [1, 0]),
        ("province_balanced", [0, 1]),
        ("whole_groups", [1, 0]),
    ]
    assert found[2]["outcomes"][0] == {"line": 1, "offered": 0, "why": "province_filled_more"}
    assert events.contents() == before
    with events.refuses("SIGN_IN_REQUIRED"):
        events.ask("simulate_waiting", "", **supposed)
