"""What can be asked about waiting lists in the graph."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from gateway.graph.events.admission.waiting.types import WaitingDecision
from gateway.graph.relay import connection, local_id, page_arguments, to_connection


class WaitingQueries(graphene.ObjectType):
    """For those whom the entry concerns."""

    waiting_decisions = graphene.Field(
        connection(WaitingDecision),
        required=True,
        entry=graphene.ID(required=True),
        description="Every decision about an entry that waited, oldest first.",
        **page_arguments(),
    )

    async def resolve_waiting_decisions(
        self: Any, info: GraphQLResolveInfo, entry: str, **which: Any
    ) -> dict[str, Any]:
        which["entry_id"] = local_id("Entry", entry, "entry")
        return to_connection(await info.context.rpc.query("events", "waiting_decisions", **which), which.get("after"))
