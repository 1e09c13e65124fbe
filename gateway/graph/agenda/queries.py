"""What can be asked about the viewer's agenda in the graph."""

from __future__ import annotations

from typing import Any

import graphene
import orjson
from graphql import GraphQLResolveInfo

from contracts.agenda_forms import MyDates
from gateway.graph.agenda.merging import DatesCount, merged, parts_of
from gateway.graph.agenda.types import AgendaItemConnection
from gateway.graph.inputs import arguments_of, says
from gateway.graph.loading import STRETCH, Asked
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
        parts, failed = await parts_of(info.context.rpc, {"first": FIRST, **given})
        whole = {name: value for name, value in given.items() if name not in STRETCH and value is not None}
        text = info.context.in_language(*MISSING)
        return {
            **merged(parts, given.get("first") or FIRST),
            "missing": [{"service": each, "message": text.format(service=each)} for each in failed],
            "asked": Asked(given.get("after"), DatesCount, orjson.dumps(whole)),
        }
