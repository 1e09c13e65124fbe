"""Workdays: which days are working days, and reckoning with them (工作日); pure functions over calendars that are data.

A plain week works from Monday to Friday. The calendar of a year says which days differ: holidays (放假) that fall into the week,
and make-up days (调休上班) at its end. Days are those of China; what is given and found are days, never moments.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from contracts.projects.workdays import DayKind

WEEK, WORKING = 7, 5
_DAYS = range(date.min.toordinal(), date.max.toordinal() + 1)


class BeyondTime(ValueError):  # noqa: N818 - a fact about the days that there are
    """The day would lie before the first or after the last that a date can be."""


@dataclass(frozen=True)
class YearOfDays:
    """The days of one year that differ from a plain week; `provisional` until the State Council has said them."""

    differing: Mapping[date, DayKind]
    provisional: bool = False


PLAIN = YearOfDays({}, provisional=True)
"""A year about which nobody has said anything yet."""


def differs(day: date, kind: DayKind) -> bool:
    """Whether a plain week would have the day otherwise."""
    return (kind is DayKind.WORKING) != (day.weekday() < WORKING)


class Workdays:
    """The working days by the calendars of some years; any other year has plain weeks, and is provisional.

    To look a day up, to count between two and to go on from one costs as little for a century as for a week.
    """

    def __init__(self, years: Mapping[int, YearOfDays]) -> None:
        self._years = years
        self._holidays = _ordinals(years.values(), DayKind.HOLIDAY)
        self._made_up = _ordinals(years.values(), DayKind.WORKING)

    def is_working(self, day: date) -> bool:
        return self._until(day.toordinal()) > self._until(day.toordinal() - 1)

    def between(self, a: date, b: date) -> int:
        """How many working days come after `a` up to `b`, itself included; negative where `b` is the earlier one."""
        return self._until(b.toordinal()) - self._until(a.toordinal())

    def add(self, day: date, n: int) -> date:
        """The `n`th working day after this day, or before it where `n` is negative; the day itself for 0.

        Raises BeyondTime where dates end.
        """
        start = day.toordinal()
        if n == 0:
            return day
        if n > 0:
            return self._first_with(self._until(start) + n)
        return self._first_with(self._until(start - 1) + n + 1)

    def roll(self, day: date) -> date:
        """The day itself if it is a working day, else the next one that is (顺延)."""
        return self._first_with(self._until(day.toordinal() - 1) + 1)

    def is_provisional(self, *days: date) -> bool:
        """Whether what is reckoned with these days touches a year whose calendar is not official yet, or one in between."""
        years = range(min(days).year, max(days).year + 1)
        return any(self._years.get(year, PLAIN).provisional for year in years)

    def _until(self, ordinal: int) -> int:
        """How many working days there are up to this one since the first Monday that a date can be, which is 1."""
        weeks, rest = divmod(ordinal, WEEK)
        plain = weeks * WORKING + min(rest, WORKING)
        return plain + bisect_right(self._made_up, ordinal) - bisect_right(self._holidays, ordinal)

    def _first_with(self, count: int) -> date:
        """The first day up to which there are so many working days, which is one itself."""
        found = bisect_left(_DAYS, count, key=self._until)
        if count < 1 or found == len(_DAYS):
            raise BeyondTime(f"there is no working day number {count}")
        return date.fromordinal(_DAYS[found])


def _ordinals(years: Iterable[YearOfDays], kind: DayKind) -> list[int]:
    """The days that differ so, in order; what a plain week has anyway is left out."""
    return sorted(
        day.toordinal() for year in years for day, is_ in year.differing.items() if is_ is kind and differs(day, is_)
    )
