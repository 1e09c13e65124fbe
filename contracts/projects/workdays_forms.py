"""The forms of working days: amending the calendar of a year, reading it, and reckoning with it."""

from __future__ import annotations

from contracts.forms import Input, choice, day, listing, nested, region, text, whole
from contracts.projects.workdays import DayKind
from contracts.times import FIRST_DAY, LAST_DAY

MOST_DAYS = 120
"""Days that one call names; a year has had 35 that differ at most."""
FARTHEST = 5_000
"""Working days that are reckoned at once: twenty years."""


class DayOfCalendar(Input):
    """A day, and what it is."""

    day = day(says="The day, in China.")
    kind = choice(DayKind, says="What it is.")


class _Amended(Input):
    year = whole(min=FIRST_DAY.year, max=LAST_DAY.year, says="The year.")
    province = region(required=False, says="The province whose own calendar it is; left out, the calendar of all.")
    source = text(max=500, says="Where it is said, as the title and number of the notice.")


class AmendCalendar(_Amended):
    """Change days of a year that are still to come; the others stay. Nothing that was agreed for a day moves by it.

    For the hub office; the calendar of a province for its office. The days of the past are closed.
    """

    days = listing(nested(DayOfCalendar), min=1, max=MOST_DAYS, says="The days that change.")


class ConfirmCalendarYear(_Amended):
    """Say that a year is official, with all its days that differ from a plain week (Monday to Friday).

    For the hub office; the calendar of a province for its office. What differs from the calendar so far must be to come.
    """

    days = listing(nested(DayOfCalendar), max=MOST_DAYS, says="All days that differ from a plain week.")


class CalendarYear(Input):
    """The working days of a year, for everybody; a province without a calendar of its own has that of all."""

    year = whole(min=FIRST_DAY.year, max=LAST_DAY.year, says="The year.")
    province = region(required=False, says="The province whose calendar is asked for; left out, the calendar of all.")


class WorkdayAfter(Input):
    """The day so many working days after another, for everybody."""

    from_day = day(says="The day from which is reckoned; it does not count itself.")
    workdays = whole(
        min=-FARTHEST,
        max=FARTHEST,
        says="How many working days later, or earlier if negative; 0 is the day itself, or the next that is one.",
    )
    province = region(required=False, says="The province by whose calendar is reckoned; left out, by that of all.")


class WorkdaysBetween(Input):
    """How many working days come after a day up to another, for everybody; negative if that one is earlier."""

    from_day = day(says="The day from which is reckoned; it does not count itself.")
    until = day(says="The last day that counts.")
    province = region(required=False, says="The province by whose calendar is reckoned; left out, by that of all.")
