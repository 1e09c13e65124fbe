"""How calendars and what is reckoned by them look from outside."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from contracts.projects.workdays import CalendarStatus
from procedures.workdays.workdays import Workdays, YearOfDays
from services.projects.workdays.model import CalendarVersion


def calendar_year_view(
    year: int, province: str | None, days: YearOfDays, versions: Sequence[CalendarVersion]
) -> dict[str, Any]:
    """A year whole; `days` are those that differ from a plain week."""
    workdays = Workdays({year: days})
    return {
        "year": year,
        "province": province,
        "status": CalendarStatus.PROVISIONAL if days.provisional else CalendarStatus.OFFICIAL,
        "days": [{"day": day, "kind": days.differing[day]} for day in sorted(days.differing)],
        "workdays": workdays.between(date(year - 1, 12, 31), date(year, 12, 31)),
        "versions": [version_view(version) for version in versions],
    }


def version_view(version: CalendarVersion) -> dict[str, Any]:
    return {
        "number": version.number,
        "status": version.status,
        "source": version.source,
        "created_at": version.created_at,
    }
