"""What can be asked about calendars in the graph."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from gateway.graph.events.calendar.types import MyCalendar


class CalendarQueries(graphene.ObjectType):
    """The calendar of a competition has an address of its own: /calendar/competitions/<its id>.ics."""

    my_calendar = graphene.Field(MyCalendar, description="Nothing until `renewMyCalendar` gives it an address.")

    async def resolve_my_calendar(self: Any, info: GraphQLResolveInfo) -> Any:
        return await info.context.rpc.query("events", "my_calendar")
