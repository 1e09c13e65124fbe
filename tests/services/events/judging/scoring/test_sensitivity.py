"""Sensitivity: whether a place or a prize hangs on any one judge."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings

from services.events.judging.scoring.ranking import CountedSheet, rank
from services.events.judging.scoring.sensitivity import Stability, Swing, sensitivity
from tests.services.events.judging.scoring.scored import expecting, rules, sections, sheet, stages


def found(sheets: list[CountedSheet], *prizes: int, **facts: Any) -> tuple[Stability, ...]:
    return sensitivity(rules(**facts), sheets, expected=expecting(sheets), seed="", prizes=prizes)


def test_a_prize_that_hangs_on_one_judge_is_shown_with_his_seat() -> None:
    given = {"s1": (30, 30), "s2": (30, 30), "s3": (10, 40)}
    sheets = [
        sheet(seat, code, points)
        for seat, both in given.items()
        for code, points in zip(("A1", "A2"), both, strict=True)
    ]

    first, second = found(sheets, 1, 1)

    assert first == Stability("A2", 1, 1, 1, 1, ())
    assert (second.code, second.place, second.best, second.worst) == ("A1", 2, 1, 2)
    assert second.hangs_on == (Swing("s3", 1, 1),)
    assert (first.prize_hangs, second.prize_hangs) == (False, True)


def test_a_place_that_changes_within_the_same_prize_is_told_apart_from_a_prize() -> None:
    sheets = [sheet("s1", "A1", 30), sheet("s2", "A1", 10), sheet("s1", "A2", 20), sheet("s2", "A2", 19)]

    rows = found(sheets, 2)

    assert [(row.code, row.best, row.worst, row.prize_hangs) for row in rows] == [
        ("A1", 1, 2, False),
        ("A2", 1, 2, False),
    ]


def test_an_entry_with_one_sheet_only_hangs_on_its_judge_altogether() -> None:
    sheets = [sheet("s1", "A1", 30), sheet("s2", "A2", 20)]

    assert found(sheets, 1)[0].hangs_on == (Swing("s1", None, None),)


@settings(max_examples=60, deadline=None)
@given(section=sections(), sheets=stages())
def test_each_swing_is_the_place_in_the_ranking_without_that_judge(
    section: dict[str, Any], sheets: list[CountedSheet]
) -> None:
    made, expected = rules(**section), expecting(sheets)

    rows = sensitivity(made, sheets, expected=expected, seed="7", prizes=(1, 2))

    for seat in {each.seat_id for each in sheets}:
        rest = [each for each in sheets if each.seat_id != seat]
        left = dict.fromkeys(expected, 0) | expecting(rest)
        without = {row.code: row.place for row in rank(made, rest, expected=left, seed="7").rows}
        for row in rows:
            swings = {swing.seat_id: swing.place for swing in row.hangs_on}
            assert swings.get(seat, row.place) == without[row.code]
