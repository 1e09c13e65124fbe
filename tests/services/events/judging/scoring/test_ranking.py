"""Ranking: a pure function of the rules and the sheets."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.events.judging.scoring.ranking import CountedSheet, rank, rounded
from services.events.judging.scoring.rules import Rounding, RoundingMode
from services.events.judging.scoring.ties import Tie
from tests.services.events.judging.scoring.scored import a_criterion, expecting, rules, sections, sheet, stages

D = Decimal


def places(section: dict[str, Any], sheets: list[CountedSheet], seed: str = "") -> list[tuple[int | None, str]]:
    ranking = rank(rules(**section), sheets, expected=expecting(sheets), seed=seed)
    return [(row.place, row.code) for row in ranking.rows]


def test_the_score_is_the_mean_of_the_weighted_totals() -> None:
    criteria = [a_criterion("idea", weight="0.3", most="100"), a_criterion("craft", weight="0.7", most="100")]
    sheets = [sheet("s1", "A1", 80, 90), sheet("s2", "A1", 85, 70), sheet("s1", "A2", 100, 100)]

    ranking = rank(rules(rubric={"version": 1, "criteria": criteria}), sheets, expected={"A1": 2, "A2": 1}, seed="")

    assert [(row.place, row.code, row.score, row.raw, row.sheets) for row in ranking.rows] == [
        (1, "A2", D("100.00"), D("100.000000"), 1),
        (2, "A1", D("80.75"), D("80.750000"), 2),
    ]


def test_highest_and_lowest_are_dropped_where_there_are_enough_sheets() -> None:
    drop = {"highest": 1, "lowest": 1, "at_least_sheets": 4}
    sheets = [sheet(f"s{place}", "A1", points) for place, points in enumerate((10, 30, 20, 50))]
    sheets += [sheet(f"s{place}", "A2", points) for place, points in enumerate((10, 30, 50))]

    ranking = rank(rules(drop=drop), sheets, expected=expecting(sheets), seed="")

    assert [(row.code, row.score, row.dropped) for row in ranking.rows] == [
        ("A2", D("30.00"), ()),
        ("A1", D("25.00"), ("s0", "s3")),
    ]


def test_a_shared_score_is_a_joint_place_and_the_places_behind_it_are_left_out() -> None:
    sheets = [sheet("s1", code, points) for code, points in {"A1": 20, "A2": 30, "A3": 20, "A4": 10}.items()]

    ranking = rank(rules(), sheets, expected=expecting(sheets), seed="")

    assert [(row.place, row.code, row.tie) for row in ranking.rows] == [
        (1, "A2", None),
        (2, "A1", Tie(None, "joint")),
        (2, "A3", Tie("joint", None)),
        (4, "A4", None),
    ]


def test_each_row_says_which_link_of_the_chain_parted_it_from_its_neighbours() -> None:
    chain = [{"by": "criterion", "key": "craft"}, {"by": "draw_lot"}]
    sheets = [sheet("s1", "A1", 20, 10), sheet("s1", "A2", 10, 20), sheet("s1", "A3", 20, 10)]

    ranking = rank(rules(tie_breaks=chain, joint_places=False), sheets, expected=expecting(sheets), seed="1")

    assert [(row.place, row.tie) for row in ranking.rows] == [
        (1, Tie(None, "criterion:craft")),
        (2, Tie("criterion:craft", "draw_lot")),
        (3, Tie("draw_lot", None)),
    ]
    assert ranking.rows[0].code == "A2"


@pytest.mark.parametrize(
    ("step", "first"),
    [
        ({"by": "criterion", "key": "craft"}, "A2"),
        ({"by": "highest_sheet"}, "A1"),
        ({"by": "lowest_sheet"}, "A2"),
        ({"by": "lowest_spread"}, "A2"),
        ({"by": "fewer_low", "below": "15"}, "A2"),
    ],
)
def test_a_link_of_the_chain_decides_between_equal_scores(step: dict[str, Any], first: str) -> None:
    sheets = [sheet("s1", "A1", 30), sheet("s2", "A1", 10), sheet("s1", "A2", 0, 20), sheet("s2", "A2", 20, 0)]

    assert places({"tie_breaks": [step]}, sheets)[0] == (1, first)


def test_the_mean_before_calibration_can_decide_between_equal_scores() -> None:
    sheets = [sheet("s1", "A1", "20.5"), sheet("s1", "A2", 20)]

    rounded_away = {"rounding": {"digits": 0, "mode": "down"}, "tie_breaks": [{"by": "raw_score"}]}

    assert places(rounded_away, sheets) == [(1, "A1"), (2, "A2")]


def test_lots_fall_differently_with_the_seed_and_the_same_with_the_same() -> None:
    lots = {"tie_breaks": [{"by": "draw_lot"}], "joint_places": False}
    sheets = [sheet("s1", f"A{code}", 20) for code in range(6)]

    drawn = {tuple(places(lots, sheets, seed=str(seed))) for seed in range(50)}

    assert len(drawn) > 40
    assert places(lots, sheets, seed="7") == places(lots, sheets, seed="7")


def test_an_entry_without_enough_sheets_has_no_place() -> None:
    sheets = [sheet("s1", "A1", 20), sheet("s2", "A1", 20), sheet("s1", "A2", 30)]

    ranking = rank(rules(least_sheets=2), sheets, expected={"A1": 2, "A2": 2, "A3": 2}, seed="")

    assert [(row.place, row.code, row.score, row.raw, row.sheets, row.missing) for row in ranking.rows] == [
        (1, "A1", D("20.00"), D("20.000000"), 2, 0),
        (None, "A2", None, D("30.000000"), 1, 1),
        (None, "A3", None, None, 0, 2),
    ]


def test_a_missing_sheet_costs_the_place_where_the_rules_say_so() -> None:
    sheets = [sheet("s1", "A1", 20), sheet("s1", "A2", 30)]

    strict = rank(rules(missing_sheets="unplaced"), sheets, expected={"A1": 1, "A2": 2}, seed="")
    lenient = rank(rules(), sheets, expected={"A1": 1, "A2": 2}, seed="")

    assert [(row.place, row.code) for row in strict.rows] == [(1, "A1"), (None, "A2")]
    assert [(row.place, row.code, row.missing) for row in lenient.rows] == [(1, "A2", 1), (2, "A1", 0)]


def test_sheets_of_a_code_that_is_not_to_be_placed_only_tell_of_their_judge() -> None:
    calibration = {"method": "centred", "least_sample": 2, "shrink": False}
    sheets = [sheet("s1", code, 30) for code in ("A1", "A2")] + [sheet("s2", code, 20) for code in ("A1", "A2")]

    ranking = rank(rules(calibration=calibration), sheets, expected={"A1": 2}, seed="")

    assert [row.code for row in ranking.rows] == ["A1"]
    assert [(judge.seat_id, judge.sheets, judge.shift) for judge in ranking.judges] == [("s1", 2, 5), ("s2", 2, -5)]


@pytest.mark.parametrize(
    ("value", "mode", "expected"),
    [
        ("1.005", "half_up", "1.01"),
        ("-1.005", "half_up", "-1.01"),
        ("1.005", "half_even", "1.00"),
        ("1.015", "half_even", "1.02"),
        ("1.019", "down", "1.01"),
        ("-1.019", "down", "-1.01"),
        ("7", "down", "7.00"),
    ],
)
def test_scores_are_rounded_as_the_rules_say_and_never_as_binary_numbers(value: str, mode: str, expected: str) -> None:
    found = rounded(Fraction(value), Rounding(2, RoundingMode(mode)))

    assert (found, str(found)) == (D(expected), expected)


@settings(max_examples=150, deadline=None)
@given(section=sections(), sheets=stages(), data=st.data())
def test_the_ranking_is_the_same_in_whatever_order_the_sheets_come(
    section: dict[str, Any], sheets: list[CountedSheet], data: st.DataObject
) -> None:
    expected = expecting(sheets) | {"A99": 2}
    shuffled = data.draw(st.permutations(sheets))
    turned = dict(data.draw(st.permutations(sorted(expected.items()))))

    first = rank(rules(**section), sheets, expected=expected, seed="7")
    again = rank(rules(**section), shuffled, expected=turned, seed="7")

    assert first == again


@settings(max_examples=150, deadline=None)
@given(section=sections(), sheets=stages())
def test_places_are_a_total_order(section: dict[str, Any], sheets: list[CountedSheet]) -> None:
    made = rules(**section)

    rows = rank(made, sheets, expected=expecting(sheets), seed="7").rows

    placed = [row for row in rows if row.place is not None]
    assert {row.code for row in rows} == {each.code for each in sheets}
    for position, row in enumerate(placed):
        better = sum(other.place < row.place for other in placed if other.place and row.place)
        assert row.place == better + 1
        assert not position or (placed[position - 1].score or 0) >= (row.score or 0)
    for one, two in pairwise(placed):
        joint = one.place == two.place
        assert joint == (one.tie is not None and one.tie.below == "joint")
        assert (one.score == two.score) == (two.tie is not None and two.tie.above is not None)
    if not made.joint_places:
        assert [row.place for row in placed] == list(range(1, len(placed) + 1))
