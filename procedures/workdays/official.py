"""Official: the days that the State Council has given each year since 2004 (国务院办公厅关于部分节假日安排的通知).

The rows are in `official.csv` beside this file: each day that differs from a plain week, as the Python package chinesecalendar
1.11.0 (MIT) has them from the notices. A year's notice appears in November of the year before. What is announced later, and what
is changed in mid-year, as Labour Day of 2019 was, is said to the running hub (`amendCalendar`, `confirmCalendarYear`), not here;
a release may bring the rows of one more year.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType

from contracts.projects.workdays import DayKind
from procedures.workdays.workdays import YearOfDays

_ROWS = Path(__file__).with_name("official.csv")


@cache
def official_years() -> Mapping[int, YearOfDays]:
    """The calendar of each year that this release knows, by year."""
    days: dict[int, dict[date, DayKind]] = {}
    with _ROWS.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            day = date.fromisoformat(row["day"])
            days.setdefault(day.year, {})[day] = DayKind(row["kind"])
    return MappingProxyType({year: YearOfDays(MappingProxyType(differing)) for year, differing in days.items()})
