"""Calibration: it finds the order of entries behind biased judges, and does no harm where there is nothing to find."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import pytest
from scipy.stats import kendalltau

from services.events.judging.scoring.calibration import Calibrated, calibrate
from services.events.judging.scoring.design import Design, Total
from services.events.judging.scoring.rules import Calibration, CalibrationMethod
from tests.services.events.judging.scoring.scored import a_season

NONE, CENTRED, STANDARDISED = CalibrationMethod
SEEDS = range(20)
TOLERANCE = 0.01
"""How much of Kendall's tau calibration may cost, on average, where judges have no bias at all."""


def calibrated(
    method: CalibrationMethod, totals: Sequence[Total], *, least: int = 2, shrink: bool = False
) -> Calibrated:
    return calibrate(Calibration(method, least, shrink), totals)


def totals(**given: dict[str, int]) -> list[Total]:
    return [Total(seat, code, Fraction(total)) for seat, sheets in given.items() for code, total in sheets.items()]


def shifts(found: Calibrated) -> dict[str, Fraction]:
    return {judge.seat_id: judge.shift for judge in found.judges}


def tau(worth: dict[str, float], found: Sequence[Total]) -> float:
    """How like the true order the order by the mean of these totals is: 1 is the same, 0 is chance."""
    means = Design(found).worth({})
    return float(kendalltau([worth[code] for code in worth], [float(means[code]) for code in worth]).statistic)


def mean_tau(method: CalibrationMethod, *, bias: float, boldness: float = 0) -> float:
    seasons = [a_season(seed, bias=bias, boldness=boldness) for seed in SEEDS]
    found = [tau(dict(worth), calibrated(method, given, least=5, shrink=True).totals) for worth, given in seasons]
    return sum(found) / len(found)


def test_a_judge_of_all_entries_is_moved_by_how_far_his_mean_lies_off_the_overall_mean() -> None:
    found = calibrated(CENTRED, totals(a={"A1": 80, "A2": 70}, b={"A1": 90, "A2": 80}, c={"A1": 70, "A2": 60}))

    assert shifts(found) == {"a": 0, "b": 10, "c": -10}
    assert {each.total for each in found.totals if each.code == "A1"} == {80}


def test_a_judge_to_whom_strong_entries_fell_is_not_taken_for_a_mild_one() -> None:
    strong, weak = {"A1": 90, "A2": 90}, {"A3": 60, "A4": 60}

    found = calibrated(CENTRED, totals(a=strong, b=weak, c=strong | weak))

    assert shifts(found) == {"a": 0, "b": 0, "c": 0}


def test_a_judge_with_too_few_sheets_is_left_as_is_and_the_report_says_so() -> None:
    found = calibrated(CENTRED, totals(a={"A1": 80, "A2": 70}, b={"A1": 90, "A2": 80}, c={"A1": 10}), least=2)

    assert [(judge.seat_id, judge.sheets, judge.shift, judge.kept_as_is) for judge in found.judges] == [
        ("a", 2, -5, False),
        ("b", 2, 5, False),
        ("c", 1, 0, True),
    ]


def test_judges_who_share_no_entry_are_centred_each_group_in_itself() -> None:
    found = calibrated(
        CENTRED,
        totals(a={"A1": 80, "A2": 70}, b={"A1": 90, "A2": 80}, c={"A3": 20, "A4": 20}, d={"A3": 40, "A4": 40}),
    )

    assert found.groups == 2
    assert shifts(found) == {"a": -5, "b": 5, "c": -10, "d": 10}


def test_a_bolder_judge_is_brought_to_the_spread_of_the_others() -> None:
    timid = {"A1": 72, "A2": 74, "A3": 76, "A4": 78}
    bold = {code: 75 + (total - 75) * 4 for code, total in timid.items()}

    found = calibrated(STANDARDISED, totals(a=timid, b=bold))

    assert [judge.ratio for judge in found.judges] == [Fraction(1, 2), 2]
    by_code = {code: {each.total for each in found.totals if each.code == code} for code in timid}
    assert {code: len(given) for code, given in by_code.items()} == dict.fromkeys(timid, 1)


@pytest.mark.parametrize("method", list(CalibrationMethod))
@pytest.mark.parametrize("shrink", [False, True])
def test_a_judge_who_gives_the_same_to_all_does_not_upset_anything(method: CalibrationMethod, shrink: bool) -> None:
    flat = dict.fromkeys(("A1", "A2", "A3"), 60)

    found = calibrated(method, totals(a=flat, b={"A1": 90, "A2": 80, "A3": 70}), shrink=shrink)
    all_flat = calibrated(method, totals(a=flat, b=flat), shrink=shrink)

    assert {judge.ratio for judge in found.judges if judge.seat_id == "a"} == {1}
    assert {each.total for each in all_flat.totals} == {60}


@pytest.mark.parametrize("method", list(CalibrationMethod))
@pytest.mark.parametrize("shrink", [False, True])
def test_nothing_or_next_to_nothing_can_be_calibrated(method: CalibrationMethod, shrink: bool) -> None:
    alone = totals(a={"A1": 80})

    assert calibrated(method, [], shrink=shrink).totals == ()
    assert calibrated(method, alone, shrink=shrink).totals == tuple(alone)


def test_with_shrinking_nobody_is_moved_where_judges_differ_by_chance_only() -> None:
    given = totals(a={"A1": 80, "A2": 70, "A3": 61}, b={"A1": 79, "A2": 71, "A3": 60}, c={"A1": 81, "A2": 69, "A3": 60})

    assert set(shifts(calibrated(CENTRED, given)).values()) != {0}
    assert set(shifts(calibrated(CENTRED, given, shrink=True)).values()) == {0}


@pytest.mark.parametrize(
    ("method", "bias", "boldness"),
    [(CENTRED, 4.0, 0.0), (CENTRED, 8.0, 0.0), (STANDARDISED, 4.0, 0.0), (STANDARDISED, 4.0, 0.4)],
)
def test_calibration_finds_the_order_behind_biased_judges_better_than_the_mean(
    method: CalibrationMethod, bias: float, boldness: float
) -> None:
    raw, found = mean_tau(NONE, bias=bias, boldness=boldness), mean_tau(method, bias=bias, boldness=boldness)

    print(f"\n{method}, bias {bias}, boldness {boldness}: Kendall tau {raw:.3f} by the mean, {found:.3f} calibrated")
    assert found > raw + 0.05


@pytest.mark.parametrize("method", [CENTRED, STANDARDISED])
def test_calibration_does_no_harm_where_judges_have_no_bias(method: CalibrationMethod) -> None:
    raw, found = mean_tau(NONE, bias=0), mean_tau(method, bias=0)

    print(f"\n{method}, no bias: Kendall tau {raw:.4f} by the mean, {found:.4f} calibrated (tolerance {TOLERANCE})")
    assert found > raw - TOLERANCE
