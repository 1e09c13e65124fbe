"""Ranking: places and scores as a pure function of the rules and the sheets, the same in whatever order these come."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import groupby, pairwise
from typing import Any

from services.events.judging.scoring.calibration import JudgeEffect, calibrate
from services.events.judging.scoring.design import Total, mean
from services.events.judging.scoring.rules import Drop, MissingSheets, Rounding, RoundingMode, Rubric, ScoringRules
from services.events.judging.scoring.ties import Contender, Judged, Tie, decider, key_of

SHOWN = Rounding(6, RoundingMode.HALF_EVEN)
"""How means before rounding are shown; places are given by exact fractions and the published score."""


@dataclass(frozen=True)
class CountedSheet:
    """A locked sheet: the points that a seat gave the entry behind a code, by criterion."""

    seat_id: str
    code: str
    points: Mapping[str, Decimal]


@dataclass(frozen=True)
class Placing:
    """One row of a ranking; without a place, and maybe without a score, where sheets are missing.

    `score` is what is published: `adjusted`, the mean of the calibrated totals that count, rounded by the rules.
    `raw` is the mean without calibration. `dropped` are the seats whose sheets did not count.
    """

    place: int | None
    code: str
    score: Decimal | None
    raw: Decimal | None
    adjusted: Decimal | None
    sheets: int
    missing: int
    dropped: tuple[str, ...]
    tie: Tie | None


@dataclass(frozen=True)
class Ranking:
    """All rows, best first, those without a place at the end by code; and what calibration did to each judge."""

    rows: tuple[Placing, ...]
    judges: tuple[JudgeEffect, ...]
    groups: int


def rank(rules: ScoringRules, sheets: Iterable[CountedSheet], *, expected: Mapping[str, int], seed: str) -> Ranking:
    """Place every code of `expected`, which says how many sheets it should have.

    Sheets of other codes only tell of their judges. `seed` decides lots, where the chain of tie-breaks draws them.
    """
    judged, judges, groups = _judged(rules, sheets)
    contenders, unplaced = [], []
    for code in sorted(expected):
        its = judged.get(code, [])
        missing = max(0, expected[code] - len(its))
        if _takes_place(rules, len(its), missing):
            contenders.append(_contender(rules, code, its))
        else:
            unplaced.append(_unplaced(rules, code, its, missing))
    placed = _placed(rules, contenders, expected, seed)
    return Ranking((*placed, *unplaced), judges, groups)


def total_of(rubric: Rubric, points: Mapping[str, Decimal]) -> Fraction:
    """The weighted sum of a sheet's points."""
    return sum(
        (Fraction(criterion.weight) * Fraction(points[criterion.key]) for criterion in rubric.criteria), Fraction()
    )


def rounded(value: Fraction, rounding: Rounding) -> Decimal:
    """The value to so many digits, exactly; half_up goes away from zero, down towards it."""
    scaled = value * 10**rounding.digits
    match rounding.mode:
        case RoundingMode.HALF_EVEN:
            whole = round(scaled)
        case RoundingMode.HALF_UP:
            whole = int(abs(scaled) + Fraction(1, 2)) * (-1 if scaled < 0 else 1)
        case RoundingMode.DOWN:
            whole = int(scaled)
    return Decimal(whole).scaleb(-rounding.digits)


def _judged(
    rules: ScoringRules, sheets: Iterable[CountedSheet]
) -> tuple[dict[str, list[Judged]], tuple[JudgeEffect, ...], int]:
    """Every sheet with its totals before and after calibration, by code; and what calibration did."""
    by_key = {(sheet.seat_id, sheet.code): sheet for sheet in sheets}
    raw = {key: total_of(rules.rubric, sheet.points) for key, sheet in by_key.items()}
    calibrated = calibrate(rules.calibration, (Total(*key, total) for key, total in raw.items()))
    judged: defaultdict[str, list[Judged]] = defaultdict(list)
    for moved in calibrated.totals:
        key = (moved.seat_id, moved.code)
        judged[moved.code].append(Judged(moved.seat_id, by_key[key].points, raw[key], moved.total))
    return judged, calibrated.judges, calibrated.groups


def _takes_place(rules: ScoringRules, sheets: int, missing: int) -> bool:
    return sheets >= rules.least_sheets and not (missing and rules.missing_sheets == MissingSheets.UNPLACED)


def _contender(rules: ScoringRules, code: str, sheets: Sequence[Judged]) -> Contender:
    counted = _kept(rules.drop, sheets, lambda sheet: sheet.adjusted)
    adjusted = mean(sheet.adjusted for sheet in counted)
    raw = mean(sheet.raw for sheet in _kept(rules.drop, sheets, lambda sheet: sheet.raw))
    return Contender(code, sheets, counted, raw, adjusted, rounded(adjusted, rules.rounding))


def _kept(drop: Drop, sheets: Sequence[Judged], worth: Any) -> list[Judged]:
    """The sheets without the highest and lowest, if there are enough of them."""
    if len(sheets) < drop.at_least_sheets:
        return list(sheets)
    ordered = sorted(sheets, key=lambda sheet: (worth(sheet), sheet.seat_id))
    return ordered[drop.lowest : len(ordered) - drop.highest]


def _placed(
    rules: ScoringRules, contenders: Iterable[Contender], expected: Mapping[str, int], seed: str
) -> list[Placing]:
    keyed = sorted(
        ((key_of(contender, rules.tie_breaks, seed), contender) for contender in contenders),
        key=lambda pair: (pair[0], pair[1].code),
    )
    parted = [None, *(decider(one[0], two[0], rules.tie_breaks) for one, two in pairwise(keyed)), None]
    rows: list[Placing] = []
    for _, joint in groupby(enumerate(keyed), key=lambda row: row[1][0]):
        listed = list(joint)
        for position, (_, contender) in listed:
            above, below = parted[position], parted[position + 1]
            tie = Tie(above, below) if above or below else None
            rows.append(_placing(listed[0][0] + 1, contender, expected[contender.code], tie))
    return rows


def _placing(place: int, contender: Contender, expected: int, tie: Tie | None) -> Placing:
    counted = {sheet.seat_id for sheet in contender.counted}
    return Placing(
        place=place,
        code=contender.code,
        score=contender.score,
        raw=rounded(contender.raw, SHOWN),
        adjusted=rounded(contender.adjusted, SHOWN),
        sheets=len(contender.sheets),
        missing=max(0, expected - len(contender.sheets)),
        dropped=tuple(sorted(sheet.seat_id for sheet in contender.sheets if sheet.seat_id not in counted)),
        tie=tie,
    )


def _unplaced(rules: ScoringRules, code: str, sheets: Sequence[Judged], missing: int) -> Placing:
    """A row without a place; the means of what sheets there are are shown all the same."""
    there = _contender(rules, code, sheets) if sheets else None
    return Placing(
        place=None,
        code=code,
        score=None,
        raw=rounded(there.raw, SHOWN) if there else None,
        adjusted=rounded(there.adjusted, SHOWN) if there else None,
        sheets=len(sheets),
        missing=missing,
        dropped=(),
        tie=None,
    )
