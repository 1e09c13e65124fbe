"""What can be done with calendars: days are amended, and a year is confirmed once it is official."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TypedDict

from sqlalchemy.exc import IntegrityError

from contracts.projects.workdays import (
    CalendarAmended,
    CalendarStatus,
    DayKind,
    DayOutsideYear,
    DaysUnchanged,
    YearClosed,
)
from contracts.refusals import GivenTwice
from kit.clock import in_china
from kit.data.conflicts import Contended
from kit.data.db import Session
from kit.ids import new_id
from kit.messages.outbox import record
from procedures.workdays.workdays import YearOfDays, differs
from services.projects.workdays import queries
from services.projects.workdays.model import CalendarVersion, CalendarYear, told_of, version_of


class DayGiven(TypedDict):
    day: date
    kind: DayKind


def amend_calendar(session: Session, *, year: int, province: str, days: list[DayGiven], source: str) -> CalendarVersion:
    """Change these days; the others stay, and a provisional year stays so.

    Refuses days of another year, given twice or past, and what changes nothing.
    """
    calendar = _to_change(session, year, province)
    now = queries.year_of(session, year, province)
    amended = {**now.differing, **_read(year, days)}
    return _say(session, calendar, now, YearOfDays(_differing(amended), now.provisional), source)


def confirm_calendar_year(
    session: Session, *, year: int, province: str, days: list[DayGiven], source: str
) -> CalendarVersion:
    """Make these the days of the year that differ from a plain week, and the year official; refuses as amending does."""
    calendar = _to_change(session, year, province)
    now = queries.year_of(session, year, province)
    return _say(session, calendar, now, YearOfDays(_differing(_read(year, days))), source)


def _to_change(session: Session, year: int, province: str) -> CalendarYear:
    """The calendar, held before it is read, so that nobody amends what another has just changed."""
    return queries.hold(session, year, province) or _new(session, year, province)


def _read(year: int, days: Iterable[DayGiven]) -> dict[date, DayKind]:
    """The days as they were given, each once."""
    read: dict[date, DayKind] = {}
    for place, given in enumerate(days):
        field = f"days.{place}.day"
        if given["day"].year != year:
            raise DayOutsideYear(field, year=year)
        if given["day"] in read:
            raise GivenTwice(field, value=given["day"].isoformat())
        read[given["day"]] = given["kind"]
    return read


def _differing(days: Mapping[date, DayKind]) -> dict[date, DayKind]:
    """Those that a plain week would have otherwise: what it has anyway need not be said."""
    return {day: kind for day, kind in days.items() if differs(day, kind)}


def _say(
    session: Session, calendar: CalendarYear, before: YearOfDays, after: YearOfDays, source: str
) -> CalendarVersion:
    """Keep the next version of the year and tell of it."""
    changed = {day for day, _ in before.differing.items() ^ after.differing.items()}
    if not changed and before.provisional == after.provisional:
        raise DaysUnchanged("days")
    today = in_china(session.now).date()
    if past := min((day for day in changed if day < today), default=None):
        raise YearClosed("days", day=past.isoformat())
    told = CalendarAmended(
        calendar_year_id=calendar.id,
        province=calendar.province or None,
        year=calendar.year,
        number=calendar.version + 1,
        status=CalendarStatus.PROVISIONAL if after.provisional else CalendarStatus.OFFICIAL,
        holidays=told_of(after, DayKind.HOLIDAY),
        working_days=told_of(after, DayKind.WORKING),
        source=source,
    )
    version = version_of(told, session.now)
    session.add(version)
    record(session, calendar, told)
    return version


def _new(session: Session, year: int, province: str) -> CalendarYear:
    """The first that is said of a year; whoever says it at the same moment is tried again."""
    calendar = CalendarYear(id=new_id(), version=0, created_at=session.now, year=year, province=province)
    session.add(calendar)
    try:
        session.flush()
    except IntegrityError as error:
        raise Contended from error
    return calendar
