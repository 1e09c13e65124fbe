"""Design: which judge has seen which entry, and least squares over it.

With entries as free effects the normal equations of the judges are `M b = r`: M is a Laplacian of the graph in which
judges are joined by the entries they share, so that it says nothing between groups that share none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal, localcontext
from fractions import Fraction
from functools import cached_property

Vector = dict[str, Fraction]
PRECISE = Context(prec=50, rounding=ROUND_HALF_EVEN)
_DIGITS = 12
"""To how many digits variances and their ratio matter."""


@dataclass(frozen=True, order=True)
class Total:
    """What one judge's sheet gives one entry."""

    seat_id: str
    code: str
    total: Fraction


class Design:
    """The totals by judge and by entry, and what least squares make of them."""

    def __init__(self, totals: Iterable[Total]) -> None:
        self.by_judge: defaultdict[str, list[Total]] = defaultdict(list)
        self.by_entry: defaultdict[str, list[Total]] = defaultdict(list)
        for total in sorted(totals):
            self.by_judge[total.seat_id].append(total)
            self.by_entry[total.code].append(total)

    @cached_property
    def groups(self) -> list[set[str]]:
        """The judges who can be compared with one another, because entries link them."""
        linked: list[set[str]] = []
        for sheets in self.by_entry.values():
            judges = {total.seat_id for total in sheets}
            touching = [group for group in linked if group & judges]
            linked = [group for group in linked if not group & judges] + [judges.union(*touching)]
        return linked

    @cached_property
    def matrix(self) -> dict[str, Vector]:
        """M: for each two judges how much their sheets say about the difference between them."""
        rows = {seat: dict.fromkeys(self.by_judge, Fraction()) for seat in self.by_judge}
        for sheets in self.by_entry.values():
            for one in sheets:
                rows[one.seat_id][one.seat_id] += 1
                for other in sheets:
                    rows[one.seat_id][other.seat_id] -= Fraction(1, len(sheets))
        return rows

    @cached_property
    def right(self) -> Vector:
        """r: for each judge how much more his sheets give than all sheets of the same entries, summed up."""
        worth = self.worth({})
        return {
            seat: sum((each.total - worth[each.code] for each in sheets), Fraction())
            for seat, sheets in self.by_judge.items()
        }

    @cached_property
    def shifts(self) -> Vector:
        """How mild each judge is, by least squares; in each group, weighted by sheets, zero together."""
        matrix = {seat: dict(row) for seat, row in self.matrix.items()}
        for group in self.groups:
            sheets = {seat: len(self.by_judge[seat]) for seat in group}
            for one in group:
                for other in group:  # fixes the level, about which M says nothing
                    matrix[one][other] += Fraction(sheets[one] * sheets[other], sum(sheets.values()))
        return solved(matrix, self.right)

    def predicted_shifts(self) -> Vector:
        """How mild each judge is, by the best linear prediction: nearer to zero the less is known of him."""
        ridge = self.ridge()
        if ridge is None:
            return dict.fromkeys(self.by_judge, Fraction())
        if not ridge:
            return self.shifts
        return solved({seat: {**row, seat: row[seat] + ridge} for seat, row in self.matrix.items()}, self.right)

    def ridge(self) -> Fraction | None:
        """The variance of chance over that among judges, both as the sheets show them; None where all is chance.

        None too where there are not sheets enough to tell the two apart.
        """
        comparable = len(self.by_judge) - len(self.groups)
        freedom = sum(map(len, self.by_judge.values())) - len(self.by_entry) - comparable
        information = sum((row[seat] for seat, row in self.matrix.items()), Fraction())
        if freedom < 1 or not information:
            return None
        explained = sum((self.shifts[seat] * self.right[seat] for seat in self.right), Fraction())
        noise = max(Fraction(), (self._within() - explained) / freedom)
        among = round((explained - comparable * noise) / information, _DIGITS)
        return (noise / among).limit_denominator(10**_DIGITS) if among > 0 else None

    def worth(self, shifts: Mapping[str, Fraction]) -> Vector:
        """What each entry is worth: the mean of its totals after the judges' shifts are taken off."""
        return {
            code: mean(each.total - shifts.get(each.seat_id, Fraction()) for each in sheets)
            for code, sheets in self.by_entry.items()
        }

    def _within(self) -> Fraction:
        worth = self.worth({})
        return sum(
            ((each.total - worth[code]) ** 2 for code, sheets in self.by_entry.items() for each in sheets), Fraction()
        )


def mean(values: Iterable[Fraction]) -> Fraction:
    """The mean of at least one value."""
    listed = list(values)
    return sum(listed, Fraction()) / len(listed)


def solved(matrix: Mapping[str, Vector], right: Vector) -> Vector:
    """The solution of a positive definite system to fifty digits, by elimination in the order of the seats.

    Decimal arithmetic, because it is the same on every machine, and fractions of so many terms grow without end.
    """
    seats = sorted(right)
    with localcontext(PRECISE):
        rows = [[decimal(matrix[seat][other]) for other in seats] + [decimal(right[seat])] for seat in seats]
        for place, pivot in enumerate(rows):
            for below in rows[place + 1 :]:
                factor = below[place] / pivot[place]
                if factor:
                    below[place:] = [
                        mine - factor * its for mine, its in zip(below[place:], pivot[place:], strict=True)
                    ]
        found: list[Decimal] = []
        for place in reversed(range(len(seats))):
            known = sum(
                (each * value for each, value in zip(rows[place][place + 1 : -1], found, strict=True)), Decimal()
            )
            found.insert(0, (rows[place][-1] - known) / rows[place][place])
    return {seat: Fraction(value) for seat, value in zip(seats, found, strict=True)}


def decimal(value: Fraction) -> Decimal:
    """The value to fifty digits."""
    return PRECISE.divide(Decimal(value.numerator), Decimal(value.denominator))
