"""Tables count the prizes of provinces and institutions, and say for whom the organisation award is."""

from __future__ import annotations

import random

import pytest
from hypothesis import given as holds_for
from hypothesis import strategies as st

from services.events.awards.rules import JointPlaces, OrganizationRule, PrizeRule, Tally
from services.events.awards.tables import Line, Tallied, organizations_awarded, table

FIRST = PrizeRule(code="first", name_zh="一等奖", name_en="First Prize", points=5, count=1)
SECOND = PrizeRule(code="second", name_zh="二等奖", name_en="Second Prize", points=3, count=1)
PRIZES = (FIRST, SECOND)
ANHUI, JIANGSU, SHANGHAI = "340000", "320000", "310000"
WON = [
    Tallied("second", ANHUI),
    Tallied("first", ANHUI),
    Tallied("second", SHANGHAI),
    Tallied("second", SHANGHAI),
    Tallied("second", SHANGHAI),
    Tallied("first", JIANGSU),
]


def test_a_table_goes_by_the_better_prizes_first() -> None:
    assert table(WON, PRIZES, Tally.PRIZES) == [
        Line(1, ANHUI, (1, 1), 2, 8),
        Line(2, JIANGSU, (1, 0), 1, 5),
        Line(3, SHANGHAI, (0, 3), 3, 9),
    ]


def test_a_table_goes_by_points() -> None:
    assert [line.holder for line in table(WON, PRIZES, Tally.POINTS)] == [SHANGHAI, ANHUI, JIANGSU]


def test_equals_share_a_place_and_the_next_one_is_left_out() -> None:
    won = [Tallied("first", ANHUI), Tallied("first", JIANGSU), Tallied("second", SHANGHAI)]

    assert [line.place for line in table(won, PRIZES, Tally.PRIZES)] == [1, 1, 3]


@holds_for(
    st.lists(st.builds(Tallied, st.sampled_from(["first", "second"]), st.sampled_from("abcdef"))),
    st.sampled_from(Tally),
    st.randoms(use_true_random=False),
)
def test_a_table_counts_every_prize_once_in_any_order(won: list[Tallied], by: Tally, chance: random.Random) -> None:
    lines = table(won, PRIZES, by)

    assert sum(line.prizes for line in lines) == len(won)
    assert table(chance.sample(won, len(won)), PRIZES, by) == lines


def outstanding(count: int, least: int = 1) -> OrganizationRule:
    return OrganizationRule(name_zh="优秀组织奖", name_en="Outstanding", by=Tally.POINTS, count=count, least=least)


def test_the_organisation_award_goes_to_the_first_who_reach_the_least() -> None:
    lines = table(WON, PRIZES, Tally.POINTS)

    assert organizations_awarded(lines, outstanding(3, least=6), JointPlaces.ALL) == [SHANGHAI, ANHUI]


@pytest.mark.parametrize(
    ("joint", "awarded"), [("all", ["a", "b", "c"]), ("from_next", ["a", "b", "c"]), ("none", ["a"])]
)
def test_those_who_share_the_last_place_get_it_as_the_rules_say(joint: str, awarded: list[str]) -> None:
    won = [Tallied("first", "a"), Tallied("second", "b"), Tallied("second", "c")]

    assert organizations_awarded(table(won, PRIZES, Tally.POINTS), outstanding(2), JointPlaces(joint)) == awarded
