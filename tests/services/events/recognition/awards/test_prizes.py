"""Prizes are given by the rules: by number, share or score, within bounds, and to those who share a place as said."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from decimal import Decimal

import marshmallow
import pytest
from hypothesis import given as holds_for
from hypothesis import strategies as st

from services.events.recognition.awards.prizes import number, prizes
from services.events.recognition.awards.rules import AwardsRules, JointPlaces, Rounding, UnusedPlaces
from tests.services.events.recognition.awards.prizing import Row, given, of, prize, ranked, rankings, rule_sets, rules

ONE_TWO = [prize("first", count=1), prize("second", count=2)]


def test_prizes_go_by_place() -> None:
    assert given(ranked(1, 2, 3, 4), rules(prizes=ONE_TWO)) == {"a": "first", "b": "second", "c": "second"}


def test_who_has_no_place_gets_no_prize() -> None:
    assert given(ranked(1, None, None), rules(prizes=ONE_TWO)) == {"a": "first"}


@pytest.mark.parametrize(("rounding", "prizes_given"), [("down", 1), ("half_up", 2), ("up", 2)])
def test_a_share_is_rounded_as_the_rules_say(rounding: str, prizes_given: int) -> None:
    said = rules(prizes=[prize("first", share="0.15")], rounding=rounding)

    assert len(given(ranked(*range(1, 11)), said)) == prizes_given


def test_a_share_counts_those_who_are_placed() -> None:
    said = rules(prizes=[prize("first", share="0.5")], rounding="down")

    assert len(given(ranked(1, 2, 3, 4, None, None), said)) == 2


def test_of_several_bounds_the_narrowest_holds() -> None:
    said = rules(prizes=[prize("first", share="0.5", count=1)])

    assert number(said.prizes[0], 10, Rounding.UP) == 1


def test_nobody_below_the_least_score_gets_the_prize() -> None:
    rows = [Row("a", 1, Decimal("90.00")), Row("b", 2, Decimal("89.99")), Row("c", 3, None)]

    assert given(rows, rules(prizes=[prize("first", least_score="90")])) == {"a": "first"}


def test_unused_prizes_lapse_or_pass_to_the_next() -> None:
    rows = [Row("a", 1, Decimal(80)), Row("b", 2, Decimal(70)), Row("c", 3, Decimal(60))]
    said = [prize("first", count=1, least_score="90"), prize("second", count=1)]

    lapse = given(rows, rules(prizes=said, unused_places="lapse"))
    passed = given(rows, rules(prizes=said, unused_places="to_next"))

    assert (lapse, passed) == ({"a": "second"}, {"a": "second", "b": "second"})


def test_those_who_share_a_place_all_get_the_prize() -> None:
    said = rules(prizes=ONE_TWO, joint_places="all")

    assert given(ranked(1, 1, 3, 4, 5), said) == {"a": "first", "b": "first", "c": "second", "d": "second"}


def test_those_who_share_a_place_take_from_the_next_prize() -> None:
    said = rules(prizes=ONE_TWO, joint_places="from_next")

    assert given(ranked(1, 1, 3, 4, 5), said) == {"a": "first", "b": "first", "c": "second"}


def test_those_who_share_a_place_get_the_next_prize() -> None:
    said = rules(prizes=ONE_TWO, joint_places="none")

    assert given(ranked(1, 1, 3, 4, 5), said) == {"a": "second", "b": "second"}


def test_a_province_has_no_more_than_its_most_and_those_behind_move_up() -> None:
    rows = [Row("a", 1, None, "1"), Row("b", 2, None, "1"), Row("c", 3, None, "2")]
    said = rules(prizes=[prize("first", count=2, most_per_province=1), prize("second", count=1)])

    assert given(rows, said) == {"a": "first", "c": "first", "b": "second"}


def test_an_institution_has_no_more_than_its_most() -> None:
    rows = [Row("a", 1, None, "1", "x"), Row("b", 2, None, "1", "x"), Row("c", 3, None, "1", "y")]
    said = rules(prizes=[prize("first", count=3, most_per_institution=1)])

    assert given(rows, said) == {"a": "first", "c": "first"}


@holds_for(rankings(), rule_sets(), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_is_irrelevant(rows: list[Row], said: AwardsRules, chance: random.Random) -> None:
    mixed = chance.sample(rows, len(rows))

    assert prizes(mixed, said) == prizes(rows, said)


@holds_for(rankings(), rule_sets())
def test_an_entry_has_one_prize_at_most(rows: list[Row], said: AwardsRules) -> None:
    assert max(Counter(won.entry_id for won in prizes(rows, said)).values(), default=1) == 1


@holds_for(rankings(), rule_sets(joint=JointPlaces.NONE))
def test_there_are_never_more_prizes_than_the_rules_have(rows: list[Row], said: AwardsRules) -> None:
    won, placed, passed = prizes(rows, said), len([row for row in rows if row.place]), 0

    for rule in said.prizes:
        most = number(rule, placed, said.rounding)
        mine = of(rule.code, won)
        assert most is None or len(mine) <= most + passed
        assert max(Counter(one.province for one in mine).values(), default=0) <= (rule.most_per_province or 99)
        assert max(Counter(one.organization_id for one in mine).values(), default=0) <= (
            rule.most_per_institution or 99
        )
        if said.unused_places == UnusedPlaces.TO_NEXT:
            passed = 0 if most is None else most + passed - len(mine)


@holds_for(rankings(), rule_sets(joint=JointPlaces.ALL, capped=False))
def test_only_a_shared_last_place_goes_beyond_the_number(rows: list[Row], said: AwardsRules) -> None:
    won, placed, passed = prizes(rows, said), len([row for row in rows if row.place]), 0

    for rule in said.prizes:
        most, mine = number(rule, placed, said.rounding), of(rule.code, won)
        if most is not None:
            last = mine[-1].place if mine else 0
            assert len([one for one in mine if one.place < last]) < max(most + passed, 1)
        left = 0 if most is None else max(most + passed - len(mine), 0)
        passed = left if said.unused_places == UnusedPlaces.TO_NEXT else 0


@holds_for(rankings(), rule_sets(joint=JointPlaces.FROM_NEXT, capped=False))
def test_what_is_taken_from_the_next_prize_keeps_the_sum(rows: list[Row], said: AwardsRules) -> None:
    """Beyond the sum of all prizes so far there are at most those who share the last place."""
    won, placed = prizes(rows, said), len([row for row in rows if row.place])

    most, count = 0, 0
    for rule in said.prizes:
        places = number(rule, placed, said.rounding)
        if places is None:
            return
        most, count = most + places, count + len(of(rule.code, won))
        last = [one for one in won if one.code in {done.code for done in said.prizes[: said.prizes.index(rule) + 1]}]
        shared = max((one.place for one in last), default=0)
        assert count <= most or len([one for one in last if one.place < shared]) < most


@holds_for(rankings(), rule_sets(capped=False))
def test_who_stands_better_never_gets_less(rows: list[Row], said: AwardsRules) -> None:
    won = {one.entry_id: one.code for one in prizes(rows, said)}
    order = [rule.code for rule in said.prizes]
    worth = {row.entry_id: order.index(won[row.entry_id]) if row.entry_id in won else 99 for row in rows}

    placed = [row for row in rows if row.place]
    assert all(
        worth[better.entry_id] <= worth[worse.entry_id]
        for better in placed
        for worse in placed
        if (better.place or 0) < (worse.place or 0)
    )


@holds_for(rankings(ties=False), rule_sets(capped=False))
def test_without_shared_places_how_they_are_treated_is_irrelevant(rows: list[Row], said: AwardsRules) -> None:
    outcomes = [prizes(rows, replace(said, joint_places=joint)) for joint in JointPlaces]

    assert outcomes[0] == outcomes[1] == outcomes[2]


def test_a_prize_without_any_bound_is_refused() -> None:
    with pytest.raises(marshmallow.ValidationError):
        rules(prizes=[prize("first")])


def test_a_prize_that_comes_twice_is_refused() -> None:
    with pytest.raises(marshmallow.ValidationError):
        rules(prizes=[prize("first", count=1), prize("first", count=2)])


def test_an_advisers_award_for_an_unknown_prize_is_refused() -> None:
    with pytest.raises(marshmallow.ValidationError):
        rules(advisers={"name_zh": "优秀指导教师", "name_en": "Outstanding Adviser", "prizes": ["golden"]})
