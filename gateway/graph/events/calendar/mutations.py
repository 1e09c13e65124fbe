"""What can be done about calendars through the graph."""

from __future__ import annotations

import graphene

from gateway.graph.events.calendar.types import MyCalendar
from gateway.graph.relay import Command


class RenewMyCalendar(Command):
    """Give the viewer's calendar an address, or another one; whoever has the old one reads nothing any more."""

    class Meta:
        service = "events"
        result = "my_calendar"

    class Input:
        pass

    my_calendar = graphene.Field(MyCalendar)


class CalendarMutations(graphene.ObjectType):
    renew_my_calendar = RenewMyCalendar.Field()
