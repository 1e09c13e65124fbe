"""Sensitivity: what each place and prize depends on, found by leaving out one judge after the other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from services.events.judging.scoring.ranking import CountedSheet, Ranking, rank
from services.events.judging.scoring.rules import ScoringRules


@dataclass(frozen=True)
class Swing:
    """Where an entry would stand without one judge; `place` is None where it would have none."""

    seat_id: str
    place: int | None
    prize: int | None


@dataclass(frozen=True)
class Stability:
    """The best and worst place of an entry without any one judge, and the judges on whom its place hangs.

    `prize` counts from 1, None is no prize; `prize_hangs` says whether any one judge decides about it.
    """

    code: str
    place: int | None
    prize: int | None
    best: int | None
    worst: int | None
    hangs_on: tuple[Swing, ...]

    @property
    def prize_hangs(self) -> bool:
        return any(swing.prize != self.prize for swing in self.hangs_on)


def sensitivity(
    rules: ScoringRules,
    sheets: Iterable[CountedSheet],
    *,
    expected: Mapping[str, int],
    seed: str,
    prizes: Sequence[int] = (),
) -> tuple[Stability, ...]:
    """For each row of the ranking how firm it is; `prizes` says how many first, second … prizes there are."""
    listed = list(sheets)
    seats = sorted({sheet.seat_id for sheet in listed})
    without = {seat: _places(_rank_without(seat, rules, listed, expected, seed)) for seat in seats}
    limits = tuple(accumulate(prizes))
    return tuple(
        _stability(row.code, row.place, {seat: places[row.code] for seat, places in without.items()}, limits)
        for row in rank(rules, listed, expected=expected, seed=seed).rows
    )


def _rank_without(
    seat: str, rules: ScoringRules, sheets: Sequence[CountedSheet], expected: Mapping[str, int], seed: str
) -> Ranking:
    """The ranking as if this judge had never been on the panel."""
    his = {sheet.code for sheet in sheets if sheet.seat_id == seat}
    fewer = {code: number - (code in his) for code, number in expected.items()}
    return rank(rules, (sheet for sheet in sheets if sheet.seat_id != seat), expected=fewer, seed=seed)


def _places(ranking: Ranking) -> dict[str, int | None]:
    return {row.code: row.place for row in ranking.rows}


def _stability(code: str, place: int | None, without: Mapping[str, int | None], limits: Sequence[int]) -> Stability:
    reached = [other for other in (place, *without.values()) if other is not None]
    hangs_on = [Swing(seat, other, _prize(other, limits)) for seat, other in without.items() if other != place]
    return Stability(
        code=code,
        place=place,
        prize=_prize(place, limits),
        best=min(reached, default=None),
        worst=max(reached, default=None),
        hangs_on=tuple(hangs_on),
    )


def _prize(place: int | None, limits: Sequence[int]) -> int | None:
    """Which prize a place wins, 1 for the first; None for none."""
    if place is None:
        return None
    return next((prize for prize, last in enumerate(limits, start=1) if place <= last), None)
