"""What can be asked about objections in the graph."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from gateway.graph.events.judging.objections.types import Arbitrator, Objection
from gateway.graph.relay import connection, load_node, local_id, page_arguments, to_connection


class ObjectionQueries(graphene.ObjectType):
    """An objection is confidential: nobody finds it whom it does not concern."""

    objection = graphene.Field(Objection, id=graphene.ID(required=True))
    objections = graphene.Field(
        connection(Objection),
        required=True,
        result=graphene.ID(required=True),
        description="All for the organisers; to others those that they filed or sit in judgement on.",
        **page_arguments(),
    )
    my_objections = graphene.Field(
        connection(Objection),
        required=True,
        description="What the viewer has filed or sits in judgement on, newest first.",
        **page_arguments(),
    )
    arbitrators = graphene.Field(
        connection(Arbitrator),
        required=True,
        series=graphene.ID(required=True),
        description="For organisers and supervisors.",
        **page_arguments(),
    )

    async def resolve_objection(self: Any, info: GraphQLResolveInfo, id: str) -> Any:  # noqa: A002
        return await load_node(info, id, Objection)

    async def resolve_objections(self: Any, info: GraphQLResolveInfo, result: str, **which: Any) -> dict[str, Any]:
        which["result_id"] = local_id("Result", result, "result")
        return to_connection(await info.context.rpc.query("events", "objections", **which), which.get("after"))

    async def resolve_my_objections(self: Any, info: GraphQLResolveInfo, **which: Any) -> dict[str, Any]:
        return to_connection(await info.context.rpc.query("events", "my_objections", **which), which.get("after"))

    async def resolve_arbitrators(self: Any, info: GraphQLResolveInfo, series: str, **which: Any) -> dict[str, Any]:
        which["series_id"] = local_id("CompetitionSeries", series, "series")
        return to_connection(await info.context.rpc.query("events", "arbitrators", **which), which.get("after"))
