"""Tallies: how many prizes each province and institution has, and which institutions the organisation award is for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from services.events.recognition.awards.rules import JointPlaces, OrganizationRule, Tally


@dataclass(frozen=True)
class Tallied:
    """So many of a prize that a holder (a province or an institution) has; `rank` is 1 for the highest prize."""

    holder: str
    code: str
    rank: int
    points: int
    count: int = 1


@dataclass(frozen=True)
class Line:
    """One line of a table: `counts` is how many of each prize, by its code; `place` may be shared."""

    place: int
    holder: str
    counts: dict[str, int]
    prizes: int
    points: int


@dataclass
class _Sum:
    """What a holder has, while it is added up."""

    counts: dict[str, int] = field(default_factory=dict)
    by_rank: dict[int, int] = field(default_factory=dict)
    points: int = 0

    def add(self, some: Tallied) -> None:
        self.counts[some.code] = self.counts.get(some.code, 0) + some.count
        self.by_rank[some.rank] = self.by_rank.get(some.rank, 0) + some.count
        self.points += some.points * some.count


def table(won: Iterable[Tallied], by: Tally) -> list[Line]:
    """The holders from the best to the last; those who are equal in what the table goes by share a place."""
    sums: dict[str, _Sum] = {}
    for some in won:
        sums.setdefault(some.holder, _Sum()).add(some)
    ranks = sorted({rank for each in sums.values() for rank in each.by_rank})
    key = {holder: _KEYS[by](each, ranks) for holder, each in sums.items()}
    lines: list[Line] = []
    for number, holder in enumerate(sorted(sums, key=lambda holder: (key[holder], holder)), 1):
        shared = bool(lines) and key[lines[-1].holder] == key[holder]
        lines.append(_line(lines[-1].place if shared else number, holder, sums[holder]))
    return lines


def organizations_awarded(lines: Sequence[Line], rule: OrganizationRule, joint: JointPlaces) -> list[str]:
    """The institutions that get the organisation award, from a table that goes by what the rule goes by.

    At most `count`, but where those who share the last place all get it.
    """
    reaching = [line for line in lines if (line.prizes if rule.by == Tally.PRIZES else line.points) >= rule.least]
    inside = [line for line in reaching if line.place <= rule.count]
    if len(inside) > rule.count and joint == JointPlaces.NONE:
        inside = [line for line in inside if line.place != inside[-1].place]
    return [line.holder for line in inside]


def _line(place: int, holder: str, each: _Sum) -> Line:
    return Line(place, holder, dict(sorted(each.counts.items())), sum(each.counts.values()), each.points)


_KEYS: dict[Tally, Callable[[_Sum, Sequence[int]], tuple[int, ...]]] = {
    Tally.PRIZES: lambda each, ranks: tuple(-each.by_rank.get(rank, 0) for rank in ranks),
    Tally.POINTS: lambda each, ranks: (-each.points, *(-each.by_rank.get(rank, 0) for rank in ranks)),
}
"""What a table goes by: the smaller, the better. Where points are equal, the better prizes decide."""
