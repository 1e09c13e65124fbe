"""What can be asked about works in the graph."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from gateway.graph.events.judging.works.types import BlindWork, Work
from gateway.graph.relay import local_id


class WorkQueries(graphene.ObjectType):
    """Those who know the entry see its works by name; judges see them by blind code."""

    works = graphene.List(
        graphene.NonNull(Work),
        required=True,
        entry=graphene.ID(required=True),
        description="For the people of the entry and the organisers; at most 20 in a stage.",
    )
    blind_works = graphene.List(
        graphene.NonNull(BlindWork),
        required=True,
        stage=graphene.ID(required=True),
        code=graphene.String(required=True),
        description="For a judge to whom this code is assigned, once no more works are taken; at most 20.",
    )

    async def resolve_works(self: Any, info: GraphQLResolveInfo, entry: str) -> Any:
        return await info.context.rpc.query("events", "works", entry_id=local_id("Entry", entry, "entry"))

    async def resolve_blind_works(self: Any, info: GraphQLResolveInfo, stage: str, code: str) -> Any:
        stage_id = local_id("Stage", stage, "stage")
        return await info.context.rpc.query("events", "blind_works", stage_id=stage_id, code=code)
