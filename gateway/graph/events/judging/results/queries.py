"""What can be asked about results in the graph."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from gateway.graph.events.judging.results.types import Result, ResultDocument, ResultRow
from gateway.graph.relay import connection, local_id, page_arguments, to_connection


class ResultQueries(graphene.ObjectType):
    """What is announced is public; those who run, supervise or arbitrate a series see every version whole."""

    result = graphene.Field(
        Result, stage=graphene.ID(required=True), description="That of a stage; nothing before it is announced."
    )
    results = graphene.Field(
        connection(Result), required=True, competition=graphene.ID(required=True), **page_arguments()
    )
    result_rows = graphene.Field(
        connection(ResultRow),
        required=True,
        result=graphene.ID(required=True),
        version=graphene.Int(description="The one that stands, where none is named."),
        description="In the order of the ranking; none of them while the result is frozen.",
        **page_arguments(),
    )
    result_document = graphene.Field(
        ResultDocument,
        result=graphene.ID(required=True),
        version=graphene.Int(description="The one that stands, where none is named."),
        whole=graphene.Boolean(description="With every row and the sheets: for insiders."),
        description="Nothing while the result is frozen.",
    )

    async def resolve_result(self: Any, info: GraphQLResolveInfo, stage: str) -> Any:
        return await info.context.rpc.query("events", "result", stage_id=local_id("Stage", stage, "stage"))

    async def resolve_results(self: Any, info: GraphQLResolveInfo, competition: str, **which: Any) -> dict[str, Any]:
        which["competition_id"] = local_id("Competition", competition, "competition")
        return to_connection(await info.context.rpc.query("events", "results", **which), which.get("after"))

    async def resolve_result_rows(self: Any, info: GraphQLResolveInfo, result: str, **which: Any) -> dict[str, Any]:
        which["result_id"] = local_id("Result", result, "result")
        return to_connection(await info.context.rpc.query("events", "result_rows", **which), which.get("after"))

    async def resolve_result_document(self: Any, info: GraphQLResolveInfo, result: str, **which: Any) -> Any:
        which["result_id"] = local_id("Result", result, "result")
        return await info.context.rpc.query("events", "result_document", **which)
