"""What can be asked about competitions in the graph."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from gateway.graph.events.competitions.types import Competition, CompetitionSeries, Stage
from gateway.graph.relay import connection, load_node, local_id, page_arguments, to_connection


class CompetitionQueries(graphene.ObjectType):
    """Published competitions are public; drafts are for those who organise them."""

    competition_series = graphene.Field(
        connection(CompetitionSeries),
        required=True,
        description="Every competition series, by when it was entered.",
        **page_arguments(),
    )
    competitions = graphene.Field(
        connection(Competition),
        required=True,
        series=graphene.ID(),
        alliance=graphene.ID(),
        open_now=graphene.Boolean(description="Only those that take entries now."),
        drafts=graphene.Boolean(description="Instead of what is published: the drafts that the viewer organises."),
        description="Newest first.",
        **page_arguments(),
    )
    competition = graphene.Field(Competition, id=graphene.ID(required=True))
    stage = graphene.Field(Stage, id=graphene.ID(required=True))

    async def resolve_competition_series(self: Any, info: GraphQLResolveInfo, **which: Any) -> dict[str, Any]:
        return to_connection(await info.context.rpc.query("events", "series", **which), which.get("after"))

    async def resolve_competitions(
        self: Any, info: GraphQLResolveInfo, series: str | None = None, alliance: str | None = None, **which: Any
    ) -> dict[str, Any]:
        if series:
            which["series_id"] = local_id("CompetitionSeries", series, "series")
        if alliance:
            which["alliance_id"] = local_id("Alliance", alliance, "alliance")
        return to_connection(await info.context.rpc.query("events", "competitions", **which), which.get("after"))

    async def resolve_competition(self: Any, info: GraphQLResolveInfo, id: str) -> dict[str, Any] | None:  # noqa: A002
        return await load_node(info, id, Competition)

    async def resolve_stage(self: Any, info: GraphQLResolveInfo, id: str) -> dict[str, Any] | None:  # noqa: A002
        return await load_node(info, id, Stage)
