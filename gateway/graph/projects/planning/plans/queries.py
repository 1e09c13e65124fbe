"""What can be asked about plans in the graph."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from gateway.graph.projects.planning.plans.types import Plan, WorkItem
from gateway.graph.relay import connection, load_node, local_id, page_arguments, to_connection


class PlanQueries(graphene.ObjectType):
    """Public plans and what they say are for anybody, the others for the hub office and the province offices."""

    plans = graphene.Field(
        connection(Plan), required=True, description="By when they were imported.", **page_arguments()
    )
    plan = graphene.Field(Plan, id=graphene.ID(required=True))
    work_items = graphene.Field(
        connection(WorkItem),
        required=True,
        plan=graphene.ID(),
        section=graphene.ID(description="Those that stand directly in this section."),
        unit=graphene.String(description="Those for which this unit is responsible, as printed."),
        description="In the order of their documents.",
        **page_arguments(),
    )

    async def resolve_plans(self: Any, info: GraphQLResolveInfo, **which: Any) -> dict[str, Any]:
        return to_connection(await info.context.rpc.query("projects", "plans", **which), which.get("after"))

    async def resolve_plan(self: Any, info: GraphQLResolveInfo, id: str) -> dict[str, Any] | None:  # noqa: A002
        return await load_node(info, id, Plan)

    async def resolve_work_items(
        self: Any, info: GraphQLResolveInfo, plan: str | None = None, section: str | None = None, **which: Any
    ) -> dict[str, Any]:
        if plan:
            which["plan_id"] = local_id("Plan", plan, "plan")
        if section:
            which["section_id"] = local_id("PlanSection", section, "section")
        return to_connection(await info.context.rpc.query("projects", "work_items", **which), which.get("after"))
