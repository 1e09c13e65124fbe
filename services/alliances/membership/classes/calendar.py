"""Calendar: periods of classes; the first day is in, the day `until` is out, and one without it goes on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from itertools import accumulate
from typing import Protocol, TypeVar


class Period(Protocol):
    @property
    def since(self) -> date: ...
    @property
    def until(self) -> date | None: ...


AnyPeriod = TypeVar("AnyPeriod", bound=Period)


def on(periods: Iterable[AnyPeriod], day: date) -> AnyPeriod | None:
    """The period that a day lies in."""
    return next((each for each in periods if each.since <= day and (each.until is None or day < each.until)), None)


def most_at_once(periods: Iterable[Period], since: date, until: date | None) -> int:
    """In how many of the periods a day lies at most, of all days from `since` on and before `until`."""
    change: Counter[date] = Counter({since: 0})
    for each in periods:
        begins, ends = max(each.since, since), _earlier(each.until, until)
        if ends is None or begins < ends:
            change[begins] += 1
            if ends is not None:
                change[ends] -= 1
    return max(accumulate(change[day] for day in sorted(change)))


def _earlier(one: date | None, other: date | None) -> date | None:
    return min((day for day in (one, other) if day is not None), default=None)
