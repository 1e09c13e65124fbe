"""Advancement: who of a ranking is taken, by a rule that is data; a pure function of the rows and the rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Decimal
from itertools import groupby
from typing import Protocol

from services.events.judging.results.rules import Advance, Cut, Direct, Per, Rounding, Take, TiesAtCut


class Placed(Protocol):
    """What the rule looks at; rows come in the order of the ranking, those without a place last."""

    @property
    def entry_id(self) -> str: ...
    @property
    def place(self) -> int | None: ...
    @property
    def score(self) -> Decimal | None: ...
    @property
    def province(self) -> str: ...
    @property
    def organization_id(self) -> str: ...


_ROUND = {Rounding.UP: ROUND_UP, Rounding.DOWN: ROUND_DOWN, Rounding.NEAREST: ROUND_HALF_UP}


def taken(rows: Sequence[Placed], cut: Cut) -> list[str]:
    """The entries that the cut takes, in the order of the ranking."""
    placed = [row for row in rows if row.place is not None]
    sizes = {group: len(list(found)) for group, found in _groups(placed, cut.per)}
    return _taken(placed, cut, sizes)


def advanced(rows: Sequence[Placed], rule: Advance) -> list[str]:
    """The entries that go on, in the order of the ranking.

    Who is more than a province or an institution may send is left out first, so that those behind move up; a share is
    one of all who are placed all the same. Direct places come on top of the cut and within the same bounds.
    """
    placed = [row for row in rows if row.place is not None]
    sizes = {group: len(list(found)) for group, found in _groups(placed, rule.cut.per)}
    allowed = _first_of_each(placed, Per.PROVINCE, rule.most_per_province)
    allowed = _first_of_each(allowed, Per.INSTITUTION, rule.most_per_institution)
    going = {*_taken(allowed, rule.cut, sizes), *_direct(placed, allowed, rule.direct)}
    return [row.entry_id for row in placed if row.entry_id in going]


def _taken(rows: Sequence[Placed], cut: Cut, sizes: dict[str, int]) -> list[str]:
    found: set[str] = set()
    for group, members in _groups(rows, cut.per):
        found.update(_of_group(list(members), cut, sizes[group]))
    return [row.entry_id for row in rows if row.entry_id in found]


def _of_group(members: Sequence[Placed], cut: Cut, size: int) -> Iterable[str]:
    if cut.take == Take.ALL:
        return [row.entry_id for row in members]
    if cut.take == Take.LEAST_SCORE:
        return [row.entry_id for row in members if row.score is not None and row.score >= cut.value]
    return _best(members, _number(cut, size), cut.ties)


def _number(cut: Cut, size: int) -> int:
    """How many of a group of this size."""
    exact = cut.value if cut.take == Take.COUNT else cut.value * size / 100
    return max(cut.at_least, int(exact.to_integral_value(_ROUND[cut.rounding])))


def _best(members: Sequence[Placed], number: int, ties: TiesAtCut) -> Iterable[str]:
    """The first `number`; where the cut parts some who share a place, the rule about ties decides."""
    inside, outside = members[:number], members[number:]
    if inside and outside and inside[-1].place == outside[0].place and ties != TiesAtCut.CHAIN:
        shared = outside[0].place
        if ties == TiesAtCut.ALL:
            inside = [*inside, *(row for row in outside if row.place == shared)]
        else:
            inside = [row for row in inside if row.place != shared]
    return [row.entry_id for row in inside]


def _direct(placed: Sequence[Placed], allowed: Sequence[Placed], rule: Direct | None) -> Iterable[str]:
    if rule is None:
        return []
    large = {group for group, found in _groups(placed, rule.per) if len(list(found)) >= rule.from_entries}
    best = _first_of_each(allowed, rule.per, rule.places)
    return [row.entry_id for row in best if _KEY[rule.per](row) in large]


def _first_of_each(rows: Sequence[Placed], per: Per, most: int | None) -> Sequence[Placed]:
    if most is None:
        return rows
    first = {row.entry_id for _, members in _groups(rows, per) for row in list(members)[:most]}
    return [row for row in rows if row.entry_id in first]


def _groups(rows: Sequence[Placed], per: Per) -> Iterable[tuple[str, Iterable[Placed]]]:
    """The rows by what they are counted within; each group keeps the order of the ranking."""
    key = _KEY[per]
    return groupby(sorted(rows, key=key), key)


_KEY: dict[Per, Callable[[Placed], str]] = {
    Per.TRACK: lambda row: "",
    Per.PROVINCE: lambda row: row.province,
    Per.INSTITUTION: lambda row: row.organization_id,
}
