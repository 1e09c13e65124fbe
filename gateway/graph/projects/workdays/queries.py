"""What can be asked about working days in the graph."""

from __future__ import annotations

import graphene

from contracts.projects import workdays_forms as forms
from gateway.graph.projects.workdays.types import CalendarYear, Workday, WorkdayCount
from gateway.graph.queries import answered


class WorkdaysQueries(graphene.ObjectType):
    """Working days by the calendars of China and its provinces; public."""

    calendar_year = answered(forms.CalendarYear, CalendarYear)
    workday_after = answered(forms.WorkdayAfter, Workday)
    workdays_between = answered(forms.WorkdaysBetween, WorkdayCount)
