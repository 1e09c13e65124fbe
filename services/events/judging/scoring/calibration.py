"""Calibration: judges made comparable, so that an entry does not win by who happened to judge it.

The model: the total that a judge gives an entry is the worth of the entry, plus how mild the judge is, plus chance.
Judges see different entries, therefore a judge is never compared with the mean of all sheets but with what others gave
the same entries: a judge to whom strong entries fell is not taken for a mild one. Mildness is estimated by least
squares, whatever the entries are worth. With `shrink` the spread of mildness among judges is estimated too (Henderson's
third method), and a judge is moved by the best linear prediction of his mildness: where judges do not differ by more
than chance, nobody is moved.

`centred` takes a judge's mildness off his totals. `standardised` besides compares how far apart his totals lie with how
far apart the same entries lie by all judges, and brings all judges to the same ratio.

Neither the order of the sheets nor the machine makes a difference: sums are fractions, the rest is decimal arithmetic in
a fixed order. Shifts and ratios are rounded before they are applied, so that what is shown is exactly what was done.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from services.events.judging.scoring.design import PRECISE, Design, Total, decimal, mean
from services.events.judging.scoring.rules import Calibration, CalibrationMethod

_DIGITS = 6
"""To how many digits the shift and the ratio of a judge are rounded before they are applied."""

Shifts = Mapping[str, Fraction]


@dataclass(frozen=True)
class JudgeEffect:
    """How a judge differs: `shift` is taken off his totals, `ratio` is how much farther apart they lie than others'.

    `kept_as_is` where he has fewer sheets than the least sample.
    """

    seat_id: str
    sheets: int
    mean: Fraction
    shift: Fraction
    ratio: Fraction
    kept_as_is: bool


@dataclass(frozen=True)
class Calibrated:
    """The totals after calibration, what was done to each judge, and how many groups of judges share no entry.

    Judges of different groups cannot be compared: each group is centred in itself.
    """

    totals: tuple[Total, ...]
    judges: tuple[JudgeEffect, ...]
    groups: int


def calibrate(rules: Calibration, totals: Iterable[Total]) -> Calibrated:
    """The totals made comparable by the method of the rules; independent of the order in which they come."""
    whole = Design(totals)
    heard = {seat for seat, sheets in whole.by_judge.items() if len(sheets) >= rules.least_sample}
    design = Design(total for seat in heard for total in whole.by_judge[seat])
    shifts, ratios = _effects(rules, design)
    judges = [
        JudgeEffect(
            seat_id=seat,
            sheets=len(sheets),
            mean=mean(each.total for each in sheets),
            shift=shifts.get(seat, Fraction()),
            ratio=ratios.get(seat, Fraction(1)),
            kept_as_is=seat not in heard,
        )
        for seat, sheets in whole.by_judge.items()
    ]
    moved = [_moved(total, judge) for judge in judges for total in whole.by_judge[judge.seat_id]]
    return Calibrated(tuple(moved), tuple(judges), len(design.groups))


def _effects(rules: Calibration, design: Design) -> tuple[Shifts, Shifts]:
    """The shift and the ratio of each judge by the method of the rules."""
    if rules.method == CalibrationMethod.NONE:
        return {}, {}
    shifts = _shifts(design, rules.shrink)
    if rules.method == CalibrationMethod.CENTRED:
        return shifts, {}
    ratios = _ratios(design, shifts, rules.shrink)
    return _shifts(_at_one_ratio(design, ratios), rules.shrink), ratios


def _shifts(design: Design, shrink: bool) -> Shifts:
    found = design.predicted_shifts() if shrink else design.shifts
    return {seat: round(shift, _DIGITS) for seat, shift in found.items()}


def _moved(total: Total, judge: JudgeEffect) -> Total:
    return Total(total.seat_id, total.code, judge.mean + (total.total - judge.mean) / judge.ratio - judge.shift)


def _at_one_ratio(design: Design, ratios: Shifts) -> Design:
    means = {seat: mean(each.total for each in sheets) for seat, sheets in design.by_judge.items()}
    return Design(
        Total(seat, each.code, means[seat] + (each.total - means[seat]) / ratios[seat])
        for seat, sheets in design.by_judge.items()
        for each in sheets
    )


def _ratios(design: Design, shifts: Shifts, shrink: bool) -> Shifts:
    """How far apart the totals of each judge lie, over how far apart the same entries lie by all; 1 where either is zero."""
    worth = design.worth(shifts)
    spreads = {
        seat: (_squares(each.total for each in sheets), _squares(worth[each.code] for each in sheets))
        for seat, sheets in design.by_judge.items()
    }
    telling = {seat: own / others for seat, (own, others) in spreads.items() if own and others}
    logs = {seat: decimal(square).ln(PRECISE) / 2 for seat, square in telling.items()}
    if not logs:
        return dict.fromkeys(design.by_judge, Fraction(1))
    sheets = {seat: len(design.by_judge[seat]) for seat in logs}
    predicted = _toward_their_mean(logs, sheets, shrink)
    return {seat: _fraction(predicted.get(seat, Decimal()).exp(PRECISE)) for seat in design.by_judge}


def _toward_their_mean(logs: Mapping[str, Decimal], sheets: Mapping[str, int], shrink: bool) -> dict[str, Decimal]:
    """Each log of a ratio less their mean and, with `shrink`, as near to it as chance alone may have parted them.

    The log of a spread out of n has by chance a variance of about 1 / 2(n - 1).
    """
    centre = sum(logs.values(), Decimal()) / len(logs)
    apart = {seat: log - centre for seat, log in logs.items()}
    if not shrink:
        return apart
    chance = {seat: Decimal(1) / (2 * (sheets[seat] - 1)) for seat in logs}
    among = sum((apart[seat] ** 2 - chance[seat] for seat in logs), Decimal()) / len(logs)
    among = max(among, Decimal())
    return {seat: log * among / (among + chance[seat]) for seat, log in apart.items()}


def _squares(values: Iterable[Fraction]) -> Fraction:
    """The sum of the squares of what each value lies off their mean."""
    listed = list(values)
    centre = mean(listed)
    return sum(((value - centre) ** 2 for value in listed), Fraction())


def _fraction(value: Decimal) -> Fraction:
    return round(Fraction(value), _DIGITS)
