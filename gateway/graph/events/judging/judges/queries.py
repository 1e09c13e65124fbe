"""What can be asked about judges in the graph."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from gateway.graph.events.judging.judges.types import (
    AssignmentReport,
    CandidateConflicts,
    Draw,
    JudgeCandidate,
    JudgeSeat,
)
from gateway.graph.relay import connection, load_node, local_id, page_arguments, to_connection


class JudgeQueries(graphene.ObjectType):
    """Draws are public; candidates, conflicts and loads are for those who run or supervise a competition."""

    judge_candidates = graphene.Field(
        connection(JudgeCandidate),
        required=True,
        competition=graphene.ID(required=True),
        description="Who can be drawn, or could, in the order of their nomination.",
        **page_arguments(),
    )
    draw = graphene.Field(Draw, id=graphene.ID(required=True))
    draws = graphene.Field(
        connection(Draw),
        required=True,
        stage=graphene.ID(required=True),
        description="Every draw of a stage, also those that were cancelled, the first one first.",
        **page_arguments(),
    )
    panel = graphene.Field(
        connection(JudgeSeat),
        required=True,
        stage=graphene.ID(required=True),
        description="For those who run or supervise the stage; for everybody once codes are opened, if the rules say so.",
        **page_arguments(),
    )
    my_seats = graphene.Field(
        connection(JudgeSeat),
        required=True,
        description="The seats that the viewer was drawn for, newest first.",
        **page_arguments(),
    )
    conflicts = graphene.Field(
        connection(CandidateConflicts),
        required=True,
        stage=graphene.ID(required=True),
        description="What keeps which candidate from how many entries of a stage, as the facts are now.",
        **page_arguments(),
    )
    assignment_report = graphene.Field(AssignmentReport, required=True, stage=graphene.ID(required=True))

    async def resolve_judge_candidates(
        self: Any, info: GraphQLResolveInfo, competition: str, **which: Any
    ) -> dict[str, Any]:
        which["competition_id"] = local_id("Competition", competition, "competition")
        return to_connection(await info.context.rpc.query("events", "judge_candidates", **which), which.get("after"))

    async def resolve_draw(self: Any, info: GraphQLResolveInfo, id: str) -> dict[str, Any] | None:  # noqa: A002
        return await load_node(info, id, Draw)

    async def resolve_draws(self: Any, info: GraphQLResolveInfo, stage: str, **which: Any) -> dict[str, Any]:
        return await _of_stage(info, "draws", stage, **which)

    async def resolve_panel(self: Any, info: GraphQLResolveInfo, stage: str, **which: Any) -> dict[str, Any]:
        return await _of_stage(info, "panel", stage, **which)

    async def resolve_my_seats(self: Any, info: GraphQLResolveInfo, **which: Any) -> dict[str, Any]:
        return to_connection(await info.context.rpc.query("events", "my_seats", **which), which.get("after"))

    async def resolve_conflicts(self: Any, info: GraphQLResolveInfo, stage: str, **which: Any) -> dict[str, Any]:
        return await _of_stage(info, "conflicts", stage, **which)

    async def resolve_assignment_report(self: Any, info: GraphQLResolveInfo, stage: str) -> Any:
        return await info.context.rpc.query("events", "assignment_report", stage_id=local_id("Stage", stage, "stage"))


async def _of_stage(info: GraphQLResolveInfo, method: str, stage: str, **which: Any) -> dict[str, Any]:
    which["stage_id"] = local_id("Stage", stage, "stage")
    return to_connection(await info.context.rpc.query("events", method, **which), which.get("after"))
