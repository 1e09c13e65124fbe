"""What can be done about working days through the graph."""

from __future__ import annotations

import graphene

from contracts.projects import workdays_forms as forms
from gateway.graph.commands import command
from gateway.graph.projects.workdays.types import CalendarYear


class WorkdaysMutations(graphene.ObjectType):
    """The offices say here what the calendar of a year is."""

    amend_calendar = command(forms.AmendCalendar, gives=CalendarYear)
    confirm_calendar_year = command(forms.ConfirmCalendarYear, gives=CalendarYear)
