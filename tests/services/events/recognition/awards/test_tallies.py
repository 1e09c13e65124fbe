"""Tables count the prizes of provinces and institutions, and say for whom the organisation award is."""

from __future__ import annotations

import random

import pytest
from hypothesis import given as holds_for
from hypothesis import strategies as st

from services.events.recognition.awards.rules import JointPlaces, OrganizationRule, Tally
from services.events.recognition.awards.tallies import Line, Tallied, organizations_awarded, table

ANHUI, JIANGSU, SHANGHAI = "340000", "320000", "310000"


def first(holder: str, count: int = 1) -> Tallied:
    return Tallied(holder, "first", 1, 5, count)


def second(holder: str, count: int = 1) -> Tallied:
    return Tallied(holder, "second", 2, 3, count)


WON = [second(ANHUI), first(ANHUI), second(SHANGHAI, 2), second(SHANGHAI), first(JIANGSU)]


def test_a_table_goes_by_the_better_prizes_first() -> None:
    assert table(WON, Tally.PRIZES) == [
        Line(1, ANHUI, {"first": 1, "second": 1}, 2, 8),
        Line(2, JIANGSU, {"first": 1}, 1, 5),
        Line(3, SHANGHAI, {"second": 3}, 3, 9),
    ]


def test_a_table_goes_by_points() -> None:
    assert [line.holder for line in table(WON, Tally.POINTS)] == [SHANGHAI, ANHUI, JIANGSU]


def test_equals_share_a_place_and_the_next_one_is_left_out() -> None:
    won = [first(ANHUI), first(JIANGSU), second(SHANGHAI)]

    assert [line.place for line in table(won, Tally.PRIZES)] == [1, 1, 3]


holders, counts = st.sampled_from("abcdef"), st.integers(1, 3)


@holds_for(
    st.lists(st.one_of(st.builds(first, holders, counts), st.builds(second, holders, counts))),
    st.sampled_from(Tally),
    st.randoms(use_true_random=False),
)
def test_a_table_counts_every_prize_once_in_any_order(won: list[Tallied], by: Tally, chance: random.Random) -> None:
    lines = table(won, by)

    assert sum(line.prizes for line in lines) == sum(some.count for some in won)
    assert table(chance.sample(won, len(won)), by) == lines


def outstanding(count: int, least: int = 1) -> OrganizationRule:
    return OrganizationRule(name_zh="优秀组织奖", name_en="Outstanding", by=Tally.POINTS, count=count, least=least)


def test_the_organisation_award_goes_to_the_first_who_reach_the_least() -> None:
    lines = table(WON, Tally.POINTS)

    assert organizations_awarded(lines, outstanding(3, least=6), JointPlaces.ALL) == [SHANGHAI, ANHUI]


@pytest.mark.parametrize(
    ("joint", "awarded"), [("all", ["a", "b", "c"]), ("from_next", ["a", "b", "c"]), ("none", ["a"])]
)
def test_those_who_share_the_last_place_get_it_as_the_rules_say(joint: str, awarded: list[str]) -> None:
    won = [first("a"), second("b"), second("c")]

    assert organizations_awarded(table(won, Tally.POINTS), outstanding(2), JointPlaces(joint)) == awarded
