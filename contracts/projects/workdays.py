"""What is said and refused about the calendars of working days (工作日历)."""

from __future__ import annotations

from dataclasses import dataclass

from contracts.base import Message, Refusal
from contracts.choices import Choice


class DayKind(Choice):
    """What a day is that differs from a plain week."""

    HOLIDAY = "holiday", "A day off in the week (放假)."
    WORKING = "working", "A working day at the weekend, to make up for a holiday (调休上班)."


class CalendarStatus(Choice):
    """Whether a year's days are certain."""

    OFFICIAL = "official", "As the State Council, or the province for its own days, has given them (正式)."
    PROVISIONAL = "provisional", "Not announced yet: plain weeks, or what is expected (暂定)."


@dataclass(frozen=True, kw_only=True)
class CalendarAmended(Message, type="projects.calendar_amended"):
    """A year's working days are these from now on; nothing that was reckoned to a day that has passed changes.

    `province` is None for the calendar of all; `holidays` in the week and `working_days` at the weekend are all that differ
    from a plain week, in ISO 8601; `number` counts the versions of that calendar's year from 1.
    """

    calendar_year_id: str
    province: str | None
    year: int
    number: int
    status: str
    holidays: list[str]
    working_days: list[str]
    source: str


class YearClosed(Refusal):
    """What has passed was reckoned with."""

    code = "YEAR_CLOSED"
    zh = "{day} 已经过去，不能再改；请只列今天及以后的日期。"
    en = "{day} has passed and can no longer be changed; give only days from today on."


class DaysUnchanged(Refusal):
    code = "DAYS_UNCHANGED"
    zh = "这一年的工作日历已经如此，没有变化。"
    en = "The calendar of this year has these days already; nothing changes."


class DayOutsideYear(Refusal):
    code = "DAY_OUTSIDE_YEAR"
    zh = "该日期不在 {year} 年内。"
    en = "This day does not lie in {year}."
