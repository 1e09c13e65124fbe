"""Reckoning in working days: against an oracle that goes day by day, over all years that the State Council has given."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.projects.workdays import DayKind
from procedures.workdays.official import official_years
from procedures.workdays.workdays import PLAIN, BeyondTime, Workdays, YearOfDays, differs

DAY = timedelta(days=1)
WORKDAYS = Workdays(official_years())
FIRST, LAST = date(2004, 1, 1), date(2026, 12, 31)
days = st.dates(FIRST, LAST)
steps = st.integers(-300, 300)


def works(day: date) -> bool:
    """By looking it up, and nothing else."""
    kind = official_years().get(day.year, PLAIN).differing.get(day)
    return kind is DayKind.WORKING if kind else day.weekday() < 5


def gone(day: date, n: int) -> date:
    """Day by day until `n` working days have been met."""
    step = DAY if n > 0 else -DAY
    while n:
        day += step
        n -= works(day) * (1 if n > 0 else -1)
    return day


def test_every_day_of_the_official_years_is_what_the_calendar_says() -> None:
    every = [FIRST + DAY * n for n in range((LAST - FIRST).days + 1)]
    assert [day for day in every if WORKDAYS.is_working(day) != works(day)] == []


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2025, 1, 26), True),  # a Sunday that makes up for the Spring Festival
        (date(2025, 2, 8), True),
        (date(2025, 4, 27), True),
        (date(2025, 10, 11), True),
        (date(2025, 10, 8), False),  # a Wednesday of the National Day
        (date(2019, 5, 1), False),
    ],
)
def test_days_that_are_known(day: date, working: bool) -> None:
    assert WORKDAYS.is_working(day) is working


def test_2025_has_248_working_days() -> None:
    assert WORKDAYS.between(date(2024, 12, 31), date(2025, 12, 31)) == 248


@given(days, steps)
def test_add_goes_as_far_as_day_by_day(day: date, n: int) -> None:
    assert WORKDAYS.add(day, n) == gone(day, n)


@given(days, days)
def test_between_counts_what_lies_between(a: date, b: date) -> None:
    low, high = sorted((a, b))
    number = sum(works(low + DAY * n) for n in range(1, (high - low).days + 1))
    assert WORKDAYS.between(low, high) == number == -WORKDAYS.between(high, low)


@given(days, st.integers(0, 300), st.integers(0, 300))
def test_steps_add_up(day: date, n: int, m: int) -> None:
    assert WORKDAYS.add(WORKDAYS.add(day, m), n) == WORKDAYS.add(day, m + n)


@given(days, steps)
def test_between_undoes_add_from_a_working_day(day: date, n: int) -> None:
    start = WORKDAYS.roll(day)
    assert WORKDAYS.between(start, WORKDAYS.add(start, n)) == n


@given(days, days, steps)
def test_a_later_day_never_leads_to_an_earlier_one(a: date, b: date, n: int) -> None:
    low, high = sorted((a, b))
    assert WORKDAYS.add(low, n) <= WORKDAYS.add(high, n) or n == 0
    assert WORKDAYS.roll(low) <= WORKDAYS.roll(high)


@given(days)
def test_roll_finds_the_next_working_day(day: date) -> None:
    found = WORKDAYS.roll(day)
    assert works(found)
    assert not any(works(day + DAY * n) for n in range((found - day).days))


def test_what_a_plain_week_has_anyway_changes_nothing() -> None:
    monday, sunday = date(2027, 3, 1), date(2027, 3, 7)
    said = Workdays({2027: YearOfDays({monday: DayKind.WORKING, sunday: DayKind.HOLIDAY})})
    assert said.is_working(monday)
    assert not said.is_working(sunday)
    assert not differs(monday, DayKind.WORKING)


def test_a_year_of_which_nobody_has_said_anything_is_plain_and_provisional() -> None:
    assert WORKDAYS.add(date(2030, 1, 4), 1) == date(2030, 1, 7)
    assert WORKDAYS.is_provisional(date(2030, 1, 4))
    assert not WORKDAYS.is_provisional(date(2025, 1, 4), date(2026, 1, 4))
    assert WORKDAYS.is_provisional(date(2028, 1, 4), date(2026, 1, 4))


def test_time_has_ends() -> None:
    with pytest.raises(BeyondTime):
        WORKDAYS.add(date.max, 1)
    with pytest.raises(BeyondTime):
        WORKDAYS.add(date.min, -1)
