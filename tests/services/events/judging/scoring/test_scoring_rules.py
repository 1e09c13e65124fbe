"""Rules of scoring: figures are data, and a section that contradicts itself is refused."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from contracts.refusals import InvalidInput
from services.events.judging.scoring.rules import Rubric, TieBreak, TieStep
from tests.services.events.judging.scoring.scored import a_criterion, a_section, faults, rules


def of_criteria(*criteria: dict[str, Any]) -> dict[str, Any]:
    return {"version": 1, "criteria": list(criteria)}


def test_figures_are_decimal_whether_they_come_as_text_or_as_numbers() -> None:
    made = rules(rubric=of_criteria(a_criterion("idea", weight=0.3, least=0, most=100, step="0.1")))

    criterion = made.rubric.criteria[0]

    assert (criterion.weight, criterion.most, criterion.step) == (Decimal("0.3"), Decimal(100), Decimal("0.1"))


def test_the_chain_of_tie_breaks_is_data() -> None:
    chain = [{"by": "criterion", "key": "craft"}, {"by": "fewer_low", "below": 60}, {"by": "draw_lot"}]

    made = rules(tie_breaks=chain, joint_places=False)

    assert made.tie_breaks == (
        TieStep(TieBreak.CRITERION, key="craft"),
        TieStep(TieBreak.FEWER_LOW, below=Decimal(60)),
        TieStep(TieBreak.DRAW_LOT),
    )


def test_the_stamp_of_a_rubric_changes_with_any_figure_and_with_the_version() -> None:
    first = rules().rubric
    heavier = rules(rubric=of_criteria(a_criterion("idea", weight="2"), a_criterion("craft"))).rubric

    assert first.stamp == rules().rubric.stamp
    assert len({first.stamp, heavier.stamp, Rubric(2, first.criteria).stamp}) == 3


@pytest.mark.parametrize(
    ("facts", "code", "field"),
    [
        ({"rubric": of_criteria()}, "TOO_SHORT", "rubric.criteria"),
        ({"rubric": of_criteria(a_criterion("idea"), a_criterion("idea"))}, "INVALID", "rubric.criteria"),
        ({"rubric": of_criteria(a_criterion("Idea"))}, "INVALID", "rubric.criteria.0.key"),
        ({"rubric": of_criteria(a_criterion("idea", weight="0"))}, "OUT_OF_RANGE", "rubric.criteria.0.weight"),
        ({"rubric": of_criteria(a_criterion("idea", weight="NaN"))}, "INVALID", "rubric.criteria.0.weight"),
        ({"rubric": of_criteria(a_criterion("idea", weight=float("inf")))}, "INVALID", "rubric.criteria.0.weight"),
        ({"rubric": of_criteria(a_criterion("idea", weight="1e999999"))}, "OUT_OF_RANGE", "rubric.criteria.0.weight"),
        ({"rubric": of_criteria(a_criterion("idea", weight="0.1234567"))}, "INVALID", "rubric.criteria.0.weight"),
        ({"rubric": of_criteria(a_criterion("idea", weight=[]))}, "INVALID", "rubric.criteria.0.weight"),
        ({"rubric": of_criteria(a_criterion("idea", weight=True))}, "INVALID", "rubric.criteria.0.weight"),
        ({"rubric": of_criteria(a_criterion("idea", most="0"))}, "INVALID", "rubric.criteria.0.most"),
        ({"rubric": of_criteria(a_criterion("idea", step="0.3"))}, "INVALID", "rubric.criteria.0.most"),
        ({"drop": {"highest": 1, "lowest": 1, "at_least_sheets": 2}}, "INVALID", "drop.atLeastSheets"),
        ({"calibration": {"method": "magic", "least_sample": 5, "shrink": True}}, "NOT_ONE_OF", "calibration.method"),
        (
            {"calibration": {"method": "none", "least_sample": 1, "shrink": True}},
            "OUT_OF_RANGE",
            "calibration.leastSample",
        ),
        ({"rounding": {"digits": 7, "mode": "down"}}, "OUT_OF_RANGE", "rounding.digits"),
        ({"tie_breaks": [{"by": "criterion"}]}, "INVALID", "tieBreaks.0.key"),
        ({"tie_breaks": [{"by": "draw_lot", "key": "idea"}]}, "INVALID", "tieBreaks.0.key"),
        ({"tie_breaks": [{"by": "fewer_low"}]}, "INVALID", "tieBreaks.0.below"),
        ({"tie_breaks": [{"by": "criterion", "key": "style"}]}, "INVALID", "tieBreaks"),
        ({"joint_places": False}, "INVALID", "jointPlaces"),
        ({"joint_places": False, "tie_breaks": [{"by": "raw_score"}]}, "INVALID", "jointPlaces"),
        ({"reminder_hours": [0]}, "OUT_OF_RANGE", "reminderHours.0"),
        ({"colour": "red"}, "UNKNOWN_FIELD", "colour"),
    ],
)
def test_a_section_that_cannot_be_is_refused(facts: dict[str, Any], code: str, field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        faults(a_section(**facts))

    assert [(fault["code"], fault["field"]) for fault in refused.value.problems()] == [(code, field)]
