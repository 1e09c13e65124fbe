"""Builders: rules of scoring with every figure open to change, sheets, and whole seasons of judges made up."""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from contracts.forms import read
from services.events.judging.scoring.design import Total
from services.events.judging.scoring.ranking import CountedSheet
from services.events.judging.scoring.rules import ScoringForm, ScoringRules

CRITERIA = ("idea", "craft")


def a_criterion(key: str, **facts: Any) -> dict[str, Any]:
    given = {"key": key, "name_zh": f"评分项{key}", "name_en": f"Criterion {key}"}
    return given | {"weight": "1", "least": "0", "most": "50", "step": "0.5"} | facts


def a_section(**facts: Any) -> dict[str, Any]:
    """The section `scoring` as a document: two criteria of fifty points, nothing dropped, nothing calibrated."""
    return {
        "rubric": {"version": 1, "criteria": [a_criterion(key) for key in CRITERIA]},
        "drop": {"highest": 0, "lowest": 0, "at_least_sheets": 1},
        "calibration": {"method": "none", "least_sample": 5, "shrink": True},
        "rounding": {"digits": 2, "mode": "half_up"},
        "tie_breaks": [],
        "joint_places": True,
        "missing_sheets": "rest",
        "least_sheets": 1,
        "reminder_hours": [72, 24],
        **facts,
    }


def rules(**facts: Any) -> ScoringRules:
    made: Any = read_section(a_section(**facts))
    return made  # type: ignore[no-any-return]


def read_section(section: dict[str, Any]) -> Any:
    return ScoringForm().load(section)


def faults(section: dict[str, Any]) -> None:
    read(ScoringForm(), section)


def sheet(seat: str, code: str, idea: float | str, craft: float | str = "0") -> CountedSheet:
    return CountedSheet(seat, code, {"idea": Decimal(str(idea)), "craft": Decimal(str(craft))})


def expecting(sheets: Iterable[CountedSheet]) -> dict[str, int]:
    """As many sheets for each code as there are."""
    numbers: dict[str, int] = {}
    for each in sheets:
        numbers[each.code] = numbers.get(each.code, 0) + 1
    return numbers


@st.composite
def stages(draw: st.DrawFn, codes: int = 6, seats: int = 5) -> list[CountedSheet]:
    """Sheets of a few judges for a few codes; coarse points, so that ties are many."""
    points = st.integers(0, 4).map(lambda half: Decimal(half) / 2)
    pairs = draw(st.sets(st.tuples(st.integers(1, seats), st.integers(1, codes)), min_size=1).map(sorted))
    return [CountedSheet(f"s{seat}", f"A{code:02}", {key: draw(points) for key in CRITERIA}) for seat, code in pairs]


@st.composite
def sections(draw: st.DrawFn) -> dict[str, Any]:
    """Sections of every kind: dropping, calibrating, rounding and parting ties in all ways."""
    steps = [
        {"by": "criterion", "key": "craft"},
        {"by": "raw_score"},
        {"by": "highest_sheet"},
        {"by": "lowest_sheet"},
        {"by": "lowest_spread"},
        {"by": "fewer_low", "below": "1.5"},
    ]
    chain = draw(st.lists(st.sampled_from(steps), max_size=4))
    joint = draw(st.booleans())
    highest, lowest = draw(st.integers(0, 2)), draw(st.integers(0, 2))
    return a_section(
        drop={"highest": highest, "lowest": lowest, "at_least_sheets": highest + lowest + draw(st.integers(1, 2))},
        calibration={
            "method": draw(st.sampled_from(["none", "centred", "standardised"])),
            "least_sample": draw(st.integers(2, 4)),
            "shrink": draw(st.booleans()),
        },
        rounding={"digits": draw(st.integers(0, 3)), "mode": draw(st.sampled_from(["half_up", "half_even", "down"]))},
        tie_breaks=chain if joint else [*chain, {"by": "draw_lot"}],
        joint_places=joint,
        missing_sheets=draw(st.sampled_from(["rest", "unplaced"])),
        least_sheets=draw(st.integers(1, 2)),
    )


def a_season(
    seed: int, *, bias: float, boldness: float = 0, entries: int = 80, judges: int = 24, panel: int = 3
) -> tuple[Mapping[str, float], list[Total]]:
    """The true worth of entries (spread 6), and what biased judges with noise 3 give them, `panel` judges an entry.

    `bias` is the spread of how mild judges are; `boldness` that of the logarithm of how far apart their totals lie.
    """
    chance = random.Random(seed)
    worth = {f"A{code:03}": chance.gauss(75, 6) for code in range(entries)}
    mild = [chance.gauss(0, bias) for _ in range(judges)]
    bold = [math.exp(chance.gauss(0, boldness)) for _ in range(judges)]
    load = [0] * judges
    totals = []
    for code, true in worth.items():
        for judge in sorted(range(judges), key=lambda each: (load[each], chance.random()))[:panel]:
            load[judge] += 1
            given = 75 + bold[judge] * (true - 75) + mild[judge] + chance.gauss(0, 3)
            totals.append(Total(f"seat{judge:02}", code, Fraction(round(given * 2), 2)))
    return worth, totals
