"""Ties: what decides between entries of the same score, link by link of the chain that the rule set gives."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from services.events.judging.scoring.design import mean
from services.events.judging.scoring.rules import TieBreak, TieStep

JOINT = "joint"
"""What is said where the chain ended without a decision."""


@dataclass(frozen=True)
class Judged:
    """One sheet of an entry: its points and their weighted sum, before and after calibration."""

    seat_id: str
    points: Mapping[str, Decimal]
    raw: Fraction
    adjusted: Fraction


@dataclass(frozen=True)
class Contender:
    """An entry that takes a place: all its sheets, those that count, and the score they give."""

    code: str
    sheets: Sequence[Judged]
    counted: Sequence[Judged]
    raw: Fraction
    adjusted: Fraction
    score: Decimal


@dataclass(frozen=True)
class Tie:
    """What parted an entry from its neighbours of the same score: a link of the chain, or `joint`; None without one."""

    above: str | None
    below: str | None


def key_of(contender: Contender, chain: Sequence[TieStep], seed: str) -> tuple[Any, ...]:
    """The better entry has the smaller key; equal keys are a joint place."""
    return (-contender.score, *(_KEYS[step.by](contender, step, seed) for step in chain))


def decider(one: tuple[Any, ...], other: tuple[Any, ...], chain: Sequence[TieStep]) -> str | None:
    """Which link of the chain parts two keys, `joint` if none does, None where the scores differ anyway."""
    differing = [place for place, (mine, yours) in enumerate(zip(one, other, strict=True)) if mine != yours]
    if not differing:
        return JOINT
    return str(chain[differing[0] - 1]) if differing[0] else None


def _criterion(contender: Contender, step: TieStep, _seed: str) -> Fraction:
    """The mean of the points for one criterion over the sheets that count, the higher the better."""
    return -mean(Fraction(sheet.points[step.key or ""]) for sheet in contender.counted)


def _raw_score(contender: Contender, _step: TieStep, _seed: str) -> Fraction:
    return -contender.raw


def _highest_sheet(contender: Contender, _step: TieStep, _seed: str) -> Fraction:
    return -max(sheet.adjusted for sheet in contender.sheets)


def _lowest_sheet(contender: Contender, _step: TieStep, _seed: str) -> Fraction:
    return -min(sheet.adjusted for sheet in contender.sheets)


def _lowest_spread(contender: Contender, _step: TieStep, _seed: str) -> Fraction:
    """The variance of the sheets that count."""
    return mean((sheet.adjusted - contender.adjusted) ** 2 for sheet in contender.counted)


def _fewer_low(contender: Contender, step: TieStep, _seed: str) -> int:
    """How many of all its sheets, as the judges wrote them, stay below a total."""
    return sum(sheet.raw < Fraction(step.below or 0) for sheet in contender.sheets)


def _draw_lot(contender: Contender, _step: TieStep, seed: str) -> str:
    """Nobody can tell the lot before the seed is known, and everybody can draw it again afterwards."""
    return hashlib.sha256(f"{seed}:{contender.code}".encode()).hexdigest()


_KEYS: dict[TieBreak, Callable[[Contender, TieStep, str], Any]] = {
    TieBreak.CRITERION: _criterion,
    TieBreak.RAW_SCORE: _raw_score,
    TieBreak.HIGHEST_SHEET: _highest_sheet,
    TieBreak.LOWEST_SHEET: _lowest_sheet,
    TieBreak.LOWEST_SPREAD: _lowest_spread,
    TieBreak.FEWER_LOW: _fewer_low,
    TieBreak.DRAW_LOT: _draw_lot,
}
