"""What can be asked about working days: the calendar of a year, and reckoning by the calendars of some years."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Row, select

from contracts.refusals import UnknownRegion
from contracts.regions import RegionLevel, region
from kit.data.db import Session
from procedures.workdays.official import official_years
from procedures.workdays.workdays import PLAIN, Workdays, YearOfDays
from services.projects.workdays.model import EVERYWHERE, CalendarVersion, CalendarYear

MOST_VERSIONS = 50
"""The newest versions of a year that are shown."""


def province_code(province: str | None) -> str:
    """The code of the province, or EVERYWHERE; refuses what is no province."""
    if province is None:
        return EVERYWHERE
    found = region(province)
    if found is None or found.level is not RegionLevel.PROVINCE:
        raise UnknownRegion("province", region=province)
    return province


def year_of(session: Session, year: int, province: str) -> YearOfDays:
    """The days of a year by the calendar of a province, else by that of all."""
    return years_of(session, province, CalendarYear.year == year).get(year, PLAIN)


def workdays(session: Session, province: str) -> Workdays:
    """What reckons by the calendars that count in a province."""
    return Workdays(years_of(session, province))


def years_of(session: Session, province: str, *which: ColumnElement[bool]) -> dict[int, YearOfDays]:
    """The years by the newest that an office has said of each, else as the State Council gave it; any other is plain.

    They are a few dozen at most: a calendar has at most the years of contracts.times.
    """
    said = {row.CalendarYear.year: row.CalendarVersion.of_days for row in _newest(session, province, *which)}
    return {**official_years(), **said}


def versions(session: Session, year: int, province: str) -> Sequence[CalendarVersion]:
    """What was said of a year, newest first, by whose calendar it counts for this province."""
    newest = _newest(session, province, CalendarYear.year == year)
    if not newest:
        return []
    query = select(CalendarVersion).where(CalendarVersion.calendar_year_id == newest[-1].CalendarYear.id)
    return session.scalars(query.order_by(CalendarVersion.number.desc()).limit(MOST_VERSIONS)).all()


def hold(session: Session, year: int, province: str) -> CalendarYear | None:
    """This very calendar, if an office has said something of it, held until the transaction ends."""
    query = select(CalendarYear).where(CalendarYear.year == year, CalendarYear.province == province)
    return session.scalars(query.with_for_update()).one_or_none()


def _newest(
    session: Session, province: str, *which: ColumnElement[bool]
) -> Sequence[Row[CalendarYear, CalendarVersion]]:
    """The newest version of each year; a province's own stands behind that of all."""
    newest = CalendarVersion.number == CalendarYear.version
    query = (
        select(CalendarYear, CalendarVersion)
        .join(CalendarVersion, (CalendarVersion.calendar_year_id == CalendarYear.id) & newest)
        .where(CalendarYear.province.in_({EVERYWHERE, province}), *which)
    )
    return session.execute(query.order_by(CalendarYear.year, CalendarYear.province)).all()
