"""Workdays: the calendars of working days (工作日历) as the offices amend them, year by year and version by version."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from contracts.projects.workdays import CalendarAmended, CalendarStatus, DayKind
from kit.data.db import Id
from kit.data.subjects import Subject
from procedures.workdays.workdays import YearOfDays
from services.projects.tables import ProjectsTable

EVERYWHERE = ""
"""In place of a province's code, where a calendar is everybody's."""


class CalendarYear(Subject, ProjectsTable):
    """A year's calendar that an office has said something about; `version` is the number of its newest version."""

    __tablename__ = "calendar_years"
    subject = "calendar_year"
    __table_args__ = (Index("uq_calendar_years_year", "year", "province", unique=True),)

    year: Mapped[int]
    province: Mapped[str]


class CalendarVersion(ProjectsTable):
    """The days of a year that differ from a plain week, from a moment on; it never changes, the next one follows it."""

    __tablename__ = "calendar_versions"

    calendar_year_id: Mapped[Id] = mapped_column(ForeignKey("calendar_years.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    status: Mapped[str]
    holidays: Mapped[list[str]]
    working_days: Mapped[list[str]]
    source: Mapped[str]
    created_at: Mapped[datetime]

    @property
    def of_days(self) -> YearOfDays:
        """As the reckoning takes it."""
        kinds = {DayKind.HOLIDAY: self.holidays, DayKind.WORKING: self.working_days}
        differing = {date.fromisoformat(day): kind for kind, days in kinds.items() for day in days}
        return YearOfDays(differing, provisional=self.status == CalendarStatus.PROVISIONAL)


def told_of(days: YearOfDays, kind: DayKind) -> list[str]:
    """The days of a kind as they are kept and told, in order."""
    return sorted(day.isoformat() for day, is_ in days.differing.items() if is_ is kind)


def version_of(told: CalendarAmended, at: datetime) -> CalendarVersion:
    """What is told of a year, as it is kept."""
    kept = ("calendar_year_id", "number", "status", "holidays", "working_days", "source")
    return CalendarVersion(created_at=at, **{name: getattr(told, name) for name in kept})
