"""What can be asked about calendars in the graph."""

from __future__ import annotations

import graphene

from contracts.events.calendar import calendar_forms as forms
from gateway.graph.events.calendar.types import MyCalendar
from gateway.graph.queries import answered


class CalendarQueries(graphene.ObjectType):
    """The calendar of a competition has an address of its own: /calendar/competitions/<its id>.ics."""

    my_calendar = answered(forms.MyCalendar, MyCalendar)
