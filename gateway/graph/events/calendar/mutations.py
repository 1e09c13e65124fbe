"""What can be done about calendars through the graph."""

from __future__ import annotations

import graphene

from contracts.events.calendar import calendar_forms as forms
from gateway.graph.commands import command
from gateway.graph.events.calendar.types import MyCalendar


class CalendarMutations(graphene.ObjectType):
    """Only one's own calendar can be changed: by giving it another address."""

    renew_my_calendar = command(forms.RenewMyCalendar, gives=MyCalendar)
