"""What can be asked about scoring in the graph."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from gateway.graph.events.judging.scoring.types import (
    Calibration,
    JudgingProgress,
    RankingRow,
    Rubric,
    Sheet,
    SheetStatus,
    Stability,
)
from gateway.graph.relay import connection, local_id, page_arguments, to_connection


class ScoringQueries(graphene.ObjectType):
    """Judges see their own sheets; who runs or supervises a competition sees numbers, and codes only once sheets are locked."""

    rubric = graphene.Field(
        Rubric, stage=graphene.ID(required=True), description="The one in force; public with its competition."
    )
    my_sheets = graphene.Field(
        connection(Sheet),
        required=True,
        stage=graphene.ID(required=True),
        description="What the viewer is to judge, by code, also before anything is written.",
        **page_arguments(),
    )
    sheets = graphene.Field(
        connection(Sheet),
        required=True,
        stage=graphene.ID(required=True),
        seat=graphene.ID(),
        status=graphene.Argument(SheetStatus),
        description="The sheets that were begun, for organisers and supervisors.",
        **page_arguments(),
    )
    judging_progress = graphene.Field(
        JudgingProgress,
        required=True,
        stage=graphene.ID(required=True),
        description="For organisers and supervisors.",
    )
    ranking = graphene.Field(
        connection(RankingRow),
        required=True,
        stage=graphene.ID(required=True),
        description="Made anew from the locked sheets, best first; for organisers and supervisors.",
        **page_arguments(),
    )
    calibration = graphene.Field(
        Calibration, required=True, stage=graphene.ID(required=True), description="For organisers and supervisors."
    )
    sensitivity = graphene.Field(
        connection(Stability),
        required=True,
        stage=graphene.ID(required=True),
        prizes=graphene.List(
            graphene.NonNull(graphene.Int), description="How many first, second … prizes there are; at most 20 kinds."
        ),
        description="What the places of the ranking depend on; for organisers and supervisors.",
        **page_arguments(),
    )

    async def resolve_rubric(self: Any, info: GraphQLResolveInfo, stage: str) -> Any:
        return await info.context.rpc.query("events", "rubric", stage_id=local_id("Stage", stage, "stage"))

    async def resolve_my_sheets(self: Any, info: GraphQLResolveInfo, stage: str, **which: Any) -> dict[str, Any]:
        return await _page(info, "my_sheets", stage, which)

    async def resolve_sheets(
        self: Any, info: GraphQLResolveInfo, stage: str, seat: str | None = None, **which: Any
    ) -> dict[str, Any]:
        if seat:
            which["seat_id"] = local_id("JudgeSeat", seat, "seat")
        return await _page(info, "sheets", stage, which)

    async def resolve_judging_progress(self: Any, info: GraphQLResolveInfo, stage: str) -> Any:
        return await info.context.rpc.query("events", "judging_progress", stage_id=local_id("Stage", stage, "stage"))

    async def resolve_ranking(self: Any, info: GraphQLResolveInfo, stage: str, **which: Any) -> dict[str, Any]:
        return await _page(info, "ranking", stage, which)

    async def resolve_calibration(self: Any, info: GraphQLResolveInfo, stage: str) -> Any:
        return await info.context.rpc.query("events", "calibration", stage_id=local_id("Stage", stage, "stage"))

    async def resolve_sensitivity(self: Any, info: GraphQLResolveInfo, stage: str, **which: Any) -> dict[str, Any]:
        return await _page(info, "sensitivity", stage, which)


async def _page(info: GraphQLResolveInfo, method: str, stage: str, which: dict[str, Any]) -> dict[str, Any]:
    """A page of what a method gives about a stage."""
    which["stage_id"] = local_id("Stage", stage, "stage")
    return to_connection(await info.context.rpc.query("events", method, **which), which.get("after"))
