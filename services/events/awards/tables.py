"""Tables: how many prizes each province and institution has, and which institutions the organisation award is for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from services.events.awards.rules import JointPlaces, OrganizationRule, PrizeRule, Tally


@dataclass(frozen=True)
class Tallied:
    """A prize that somebody has: of which code, and whose it is (a province or an institution)."""

    code: str
    holder: str


@dataclass(frozen=True)
class Line:
    """One line of a table: `counts` is how many of each prize, from the highest to the lowest; `place` may be shared."""

    place: int
    holder: str
    counts: tuple[int, ...]
    prizes: int
    points: int


def table(won: Iterable[Tallied], rules: Sequence[PrizeRule], by: Tally) -> list[Line]:
    """The holders from the best to the last; those who are equal in what the table goes by share a place."""
    counts: dict[str, Counter[str]] = {}
    for prize in won:
        counts.setdefault(prize.holder, Counter())[prize.code] += 1
    ranks = _RANKS[by]
    unplaced = [_line(holder, counted, rules) for holder, counted in counts.items()]
    lines: list[Line] = []
    for number, line in enumerate(sorted(unplaced, key=lambda line: (ranks(line), line.holder)), 1):
        shared = bool(lines) and ranks(lines[-1]) == ranks(line)
        lines.append(replace(line, place=lines[-1].place if shared else number))
    return lines


def organizations_awarded(lines: Sequence[Line], rule: OrganizationRule, joint: JointPlaces) -> list[str]:
    """The institutions that get the organisation award, from a table that goes by what the rule goes by.

    At most `count`, but where those who share the last place all get it.
    """
    reaching = [line for line in lines if _tally(line, rule.by) >= rule.least]
    inside = [line for line in reaching if line.place <= rule.count]
    if len(inside) > rule.count and joint == JointPlaces.NONE:
        last = inside[-1].place
        inside = [line for line in inside if line.place != last]
    return [line.holder for line in inside]


def _line(holder: str, counted: Mapping[str, int], rules: Sequence[PrizeRule]) -> Line:
    counts = tuple(counted.get(rule.code, 0) for rule in rules)
    points = sum(rule.points * count for rule, count in zip(rules, counts, strict=True))
    return Line(0, holder, counts, sum(counts), points)


def _tally(line: Line, by: Tally) -> int:
    return line.prizes if by == Tally.PRIZES else line.points


_RANKS: dict[Tally, Callable[[Line], tuple[int, ...]]] = {
    Tally.PRIZES: lambda line: tuple(-count for count in line.counts),
    Tally.POINTS: lambda line: (-line.points, *(-count for count in line.counts)),
}
"""What a table goes by: the smaller, the better. Where points are equal, the better prizes decide."""
