"""Plans in the graph: documents, their sections, items and targets, and the preview of what a text would become."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from gateway.graph.projects.planning.plans.loaders import (
    FirstItemsLoader,
    FirstSectionsLoader,
    PlanLoader,
    PlanSectionLoader,
    TargetsLoader,
    WorkItemLoader,
)
from gateway.graph.region import region_field
from gateway.graph.relay import NodeType, connection, page_arguments, to_connection
from gateway.graph.times import DateTime

ITEM_KINDS = (
    "preamble, work_point, work_point_part, implementation, key_project, platform_item, safeguard, goal, "
    "signature_outcome or annex"
)


class Target(graphene.ObjectType):
    """A numeric target (量化指标) as one clause of an item states it."""

    metric = graphene.String(required=True)
    comparator = graphene.String(required=True, description="gte, lte, lt, eq, approx or between (both ends included).")
    comparator_inferred = graphene.Boolean(
        required=True, description="The text gives a bare figure, and gte is a reading of it."
    )
    value = graphene.Float(required=True, description="In whole units; a share is in %.")
    value_max = graphene.Float(description="The upper end, with between only.")
    unit = graphene.String()
    due_year = graphene.Int()
    frequency = graphene.String(description="How often it is to be met again, as annual or every_3_years.")
    scope = graphene.String()
    quote = graphene.String(required=True, description="The clause itself, out of the item's text.")


class PlanSection(NodeType):
    """A heading (章节) of a plan."""

    class Meta:
        loader = PlanSectionLoader

    key = graphene.String(required=True, description="The path of its printed numbers.")
    title = graphene.String(required=True)
    level = graphene.Int(required=True, description="From 1.")
    line = graphene.Int(required=True, description="Line of the text, from 1.")
    parent = graphene.Field(lambda: PlanSection, description="The section around it.")

    async def resolve_parent(self: Any, info: GraphQLResolveInfo) -> Any:
        return await _load(info, PlanSectionLoader, self["parent_id"])


class WorkItem(NodeType):
    """One thing that a plan says to do, to reach or to know (工作事项)."""

    class Meta:
        loader = WorkItemLoader

    key = graphene.String(required=True, description="The path of printed numbers, as 3.8.25; unique in its plan.")
    number = graphene.String(description="The number as printed.")
    kind = graphene.String(required=True, description=ITEM_KINDS)
    text = graphene.String(required=True)
    responsible_raw = graphene.String(description="The list of responsible units as printed.")
    responsible_units = graphene.List(graphene.NonNull(graphene.String), required=True)
    line = graphene.Int(required=True, description="Line of the text, from 1.")
    plan = graphene.Field(lambda: Plan, required=True)
    section = graphene.Field(PlanSection)
    parent = graphene.Field(lambda: WorkItem, description="The item that it is a part of.")
    targets = graphene.List(graphene.NonNull(Target), required=True, description="At most 50.")

    async def resolve_plan(self: Any, info: GraphQLResolveInfo) -> Any:
        return await _load(info, PlanLoader, self["plan_id"])

    async def resolve_section(self: Any, info: GraphQLResolveInfo) -> Any:
        return await _load(info, PlanSectionLoader, self["section_id"])

    async def resolve_parent(self: Any, info: GraphQLResolveInfo) -> Any:
        return await _load(info, WorkItemLoader, self["parent_id"])

    async def resolve_targets(self: Any, info: GraphQLResolveInfo) -> Any:
        return await info.context.loader(TargetsLoader).load(self["id"])


class Plan(NodeType):
    """A plan document (规划、要点、方案) that can be tracked; those that are not public are seen by offices only."""

    class Meta:
        loader = PlanLoader

    title = graphene.String(required=True)
    issuer = graphene.String()
    year = graphene.Int()
    document_number = graphene.String(description="发文字号")
    region = region_field(description="Where it was issued.")
    public = graphene.Boolean(required=True)
    created_at = DateTime(required=True, description="When it was imported.")
    sections = graphene.Field(
        connection(PlanSection), required=True, description="In the order of the document.", **page_arguments()
    )
    work_items = graphene.Field(
        connection(WorkItem), required=True, description="In the order of the document.", **page_arguments()
    )

    async def resolve_sections(self: Any, info: GraphQLResolveInfo, **which: Any) -> dict[str, Any]:
        return await _parts(self, info, FirstSectionsLoader, "plan_sections", **which)

    async def resolve_work_items(self: Any, info: GraphQLResolveInfo, **which: Any) -> dict[str, Any]:
        return await _parts(self, info, FirstItemsLoader, "work_items", **which)


class SectionPreview(graphene.ObjectType):
    """A heading as it was read."""

    key = graphene.String(required=True)
    parent_key = graphene.String(description="The section around it.")
    title = graphene.String(required=True)
    level = graphene.Int(required=True)
    line = graphene.Int(required=True)


class ItemPreview(graphene.ObjectType):
    """An item as it was read."""

    key = graphene.String(required=True)
    section_key = graphene.String()
    parent_key = graphene.String(description="The item that it is a part of.")
    number = graphene.String()
    kind = graphene.String(required=True, description=ITEM_KINDS)
    text = graphene.String(required=True)
    responsible_raw = graphene.String()
    responsible_units = graphene.List(graphene.NonNull(graphene.String), required=True)
    targets = graphene.List(graphene.NonNull(Target), required=True)
    line = graphene.Int(required=True)


class Doubt(graphene.ObjectType):
    """Why a person should look at a place in the text before it is imported."""

    code = graphene.String(required=True)
    item_key = graphene.String()
    line = graphene.Int()
    text = graphene.String(required=True, description="In the caller's language.")


class PlanPreview(graphene.ObjectType):
    """How a text would be read; where it is no plan, nothing was read and the doubts say why."""

    is_plan = graphene.Boolean(required=True)
    title = graphene.String()
    issuer = graphene.String()
    year = graphene.Int()
    document_number = graphene.String()
    sections = graphene.List(graphene.NonNull(SectionPreview), required=True)
    items = graphene.List(graphene.NonNull(ItemPreview), required=True)
    doubts = graphene.List(graphene.NonNull(Doubt), required=True)
    doubts_digest = graphene.String(required=True, description="What `importPlan` takes as `confirmedDoubts`.")


async def _load(info: GraphQLResolveInfo, loader: type[Any], id_: str | None) -> Any:
    return await info.context.loader(loader).load(id_) if id_ else None


async def _parts(
    plan: dict[str, Any],
    info: GraphQLResolveInfo,
    loader: type[Any],
    method: str,
    *,
    first: int | None = None,
    after: str | None = None,
) -> dict[str, Any]:
    """A page of a plan's parts: the first of many plans come in one call."""
    if after is None:
        page = await info.context.loader(loader).load((plan["id"], 20 if first is None else first))
    else:
        page = await info.context.rpc.query("projects", method, plan_id=plan["id"], first=first, after=after)
    return to_connection(page, after)
