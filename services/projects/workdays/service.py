"""Working days on the wire: the offices say what the calendar of a year is, everybody reckons by it."""

from __future__ import annotations

from datetime import date
from typing import Any

from contracts.projects import workdays_forms as forms
from kit.calls.rpc import command, query
from kit.calls.service import Service
from kit.data.db import Session
from kit.rights.asking import require
from services.projects.rights import WORKS_IN_OFFICE_OF_PROVINCE
from services.projects.workdays import commands, queries
from services.projects.workdays.schemas import calendar_year_view


class WorkdaysService(Service):
    """The calendars of working days; that of all is the hub office's, that of a province its office's."""

    @command(forms.AmendCalendar, right=WORKS_IN_OFFICE_OF_PROVINCE)
    def amend_calendar(self, session: Session, *, province: str | None = None, **given: Any) -> dict[str, Any]:
        require(session, WORKS_IN_OFFICE_OF_PROVINCE, province=province)
        code = queries.province_code(province)
        commands.amend_calendar(session, province=code, **given)
        return _shown(session, given["year"], province)

    @command(forms.ConfirmCalendarYear, right=WORKS_IN_OFFICE_OF_PROVINCE)
    def confirm_calendar_year(self, session: Session, *, province: str | None = None, **given: Any) -> dict[str, Any]:
        require(session, WORKS_IN_OFFICE_OF_PROVINCE, province=province)
        code = queries.province_code(province)
        commands.confirm_calendar_year(session, province=code, **given)
        return _shown(session, given["year"], province)

    @query(forms.CalendarYear)
    def calendar_year(self, session: Session, *, year: int, province: str | None = None) -> dict[str, Any]:
        return _shown(session, year, province)

    @query(forms.WorkdayAfter)
    def workday_after(
        self, session: Session, *, from_day: date, workdays: int, province: str | None = None
    ) -> dict[str, Any]:
        reckoning = queries.workdays(session, queries.province_code(province))
        day = reckoning.add(from_day, workdays) if workdays else reckoning.roll(from_day)
        return {"day": day, "provisional": reckoning.is_provisional(from_day, day)}

    @query(forms.WorkdaysBetween)
    def workdays_between(
        self, session: Session, *, from_day: date, until: date, province: str | None = None
    ) -> dict[str, Any]:
        reckoning = queries.workdays(session, queries.province_code(province))
        return {
            "workdays": reckoning.between(from_day, until),
            "provisional": reckoning.is_provisional(from_day, until),
        }


def _shown(session: Session, year: int, province: str | None) -> dict[str, Any]:
    code = queries.province_code(province)
    days, versions = queries.year_of(session, year, code), queries.versions(session, year, code)
    return calendar_year_view(year, province, days, versions)
