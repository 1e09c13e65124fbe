"""What can be asked about the viewer's agenda in the graph."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from contracts.agenda_forms import MyDates
from gateway.graph.agenda.merging import SERVICES, merged
from gateway.graph.agenda.types import AgendaItemConnection
from gateway.graph.everywhere import asked_of, missing, parts_of
from gateway.graph.inputs import arguments_of, says
from gateway.graph.relations import FIRST
from gateway.protocol.calling import calls

MISSING = (
    "{service} 服务暂时不可用，其待办未列出。",
    "The service {service} is not available; what it knows of is missing.",
)


def _arguments() -> dict[str, Any]:
    """Those of the form; a word of Python stands in the graph as people say it."""
    shown = arguments_of(MyDates)
    shown["since"].name, shown["until"].name = "from", "to"
    return shown


class AgendaQueries(graphene.ObjectType):
    """What is due for the viewer, from all services."""

    agenda = graphene.Field(AgendaItemConnection, description=says(MyDates), args=_arguments())

    @calls
    async def resolve_agenda(self: Any, info: GraphQLResolveInfo, **given: Any) -> dict[str, Any]:
        arguments = {"first": FIRST, **given}
        parts, failed = await parts_of(info.context.rpc, SERVICES, "my_dates", arguments)
        page = merged(parts, given.get("first") or FIRST)
        return {**page, "missing": missing(info, failed, MISSING), "asked": asked_of(SERVICES, "my_dates", given)}
