"""Calendars in the graph."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from gateway.calendar.routes import person_address
from gateway.graph.times import DateTime


class MyCalendar(graphene.ObjectType):
    """The viewer's own calendar (我的日历): what concerns their institutions, delegations, competitions and seats."""

    url = graphene.String(required=True, description="The address to subscribe to; whoever has it can read it.")
    renewed_at = DateTime(required=True, description="When it got this address.")

    def resolve_url(self: Any, info: GraphQLResolveInfo) -> str:
        return person_address(info.context.address, self["secret"])
