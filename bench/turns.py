"""Turns: ours and its peers are measured one after another, turn by turn, and what came of it is judged in one row."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median, quantiles
from typing import Any, Literal

LEAST = 5
TURNS = "BENCH_TURNS"  # how `python -m bench --turns` tells the questions, and their processes
OURS = "ours"


@dataclass(frozen=True)
class Figure:
    """What came of one side: a number a turn; `low` and `high` are the quartiles."""

    turns: tuple[float, ...]

    @property
    def median(self) -> float:
        return median(self.turns)

    @property
    def low(self) -> float:
        return self._quartile(0)

    @property
    def high(self) -> float:
        return self._quartile(2)

    def _quartile(self, which: int) -> float:
        return quantiles(self.turns, method="inclusive")[which] if len(self.turns) > 1 else self.turns[0]

    def to_json(self) -> dict[str, Any]:
        return {"median": self.median, "low": self.low, "high": self.high, "turns": list(self.turns)}


@dataclass(frozen=True)
class Reach:
    """What is wanted: of `ours` in its own unit, or of the `ratio`, how many times as fast as the peer ours is."""

    of: Literal["ours", "ratio"]
    sign: Literal["≤", "≥"]
    bound: float

    def __str__(self) -> str:
        return f"{self.sign} {self.bound:g}" + (" ×" if self.of == "ratio" else "")

    def holds(self, value: float) -> bool:
        return value <= self.bound if self.sign == "≤" else value >= self.bound


def at_most(bound: float) -> Reach:
    """Ours takes no more than this, in its unit."""
    return Reach(OURS, "≤", bound)


def at_least(bound: float) -> Reach:
    """Ours makes no fewer than this, in its unit."""
    return Reach(OURS, "≥", bound)


def as_fast(times: float) -> Reach:
    """Ours is at least so many times as fast as the peer."""
    return Reach("ratio", "≥", times)


def turns_wanted() -> int:
    return int(os.environ.get(TURNS, LEAST))


def by_turns(sides: Mapping[str, Callable[[], float]]) -> dict[str, Figure]:
    """Measure each side once a turn, in the order given: what else the machine does falls on all of them alike."""
    found: dict[str, list[float]] = {name: [] for name in sides}
    for _ in range(turns_wanted()):
        for name, measure in sides.items():
            found[name].append(measure())
    return {name: Figure(tuple(numbers)) for name, numbers in found.items()}


def row(
    question: str, unit: str, figures: Mapping[str, Figure], reach: Reach | None = None, *, peer: str | None = None
) -> dict[str, Any]:
    """One row of the table: ours beside the peer, their ratio turn by turn, and whether what was wanted was reached.

    A unit that ends in "/s" is better when it is more, any other when it is less; the ratio is always "times as fast".
    """
    ours = figures[OURS]
    theirs = figures[peer] if peer else None
    ratio = times_as_fast(unit, ours, theirs) if theirs else None
    judged = ratio if reach and reach.of == "ratio" else ours
    assert judged is not None, "a ratio needs a peer"
    return {
        "question": question,
        "unit": unit,
        "ours": ours.to_json(),
        "peer": peer,
        "theirs": theirs and theirs.to_json(),
        "ratio": ratio and ratio.to_json(),
        "reach": str(reach) if reach else None,
        "reached": reach.holds(judged.median) if reach else None,
    }


def times_as_fast(unit: str, ours: Figure, theirs: Figure) -> Figure:
    """How many times as fast as theirs ours was, turn by turn."""
    more_is_better = unit.endswith("/s")
    pairs = zip(ours.turns, theirs.turns, strict=True)
    return Figure(tuple(mine / other if more_is_better else other / mine for mine, other in pairs))
