"""Calendar of classes: against counting the days one by one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.alliances.membership.classes.calendar import most_at_once, on

BEGIN = date(2026, 1, 1)


@dataclass(frozen=True)
class Some:
    since: date
    until: date | None


def day(number: int) -> date:
    return BEGIN + timedelta(days=number)


days = st.integers(0, 20).map(day)
periods = st.lists(st.builds(Some, days, st.none() | days), max_size=8)


def lies_in(period: Some, when: date) -> bool:
    return period.since <= when and (period.until is None or when < period.until)


@given(periods, days, st.none() | days)
def test_the_most_at_once_is_that_of_the_fullest_day(found: list[Some], since: date, until: date | None) -> None:
    asked = [day(n) for n in range(25) if lies_in(Some(since, until), day(n))]
    expected = max((sum(lies_in(each, when) for each in found) for when in asked), default=0)
    assert most_at_once(found, since, until) == expected


@given(periods, days)
def test_a_day_lies_in_the_first_that_has_it(found: list[Some], when: date) -> None:
    assert on(found, when) == next((each for each in found if lies_in(each, when)), None)
