"""Agreements in the graph: cooperation projects and their milestones."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from gateway.graph.alliances.registry.loaders import OrganizationLoader
from gateway.graph.alliances.registry.types import Organization
from gateway.graph.projects.cooperation.agreements.loaders import MilestoneLoader, MilestonesLoader, ProjectLoader
from gateway.graph.projects.planning.plans.loaders import WorkItemLoader
from gateway.graph.projects.planning.plans.types import WorkItem
from gateway.graph.relay import NodeType
from gateway.graph.times import Date, DateTime


class Milestone(NodeType):
    """A step of a project (阶段目标) and the day by which it is to be reached."""

    class Meta:
        loader = MilestoneLoader

    title = graphene.String(required=True)
    due_on = Date(required=True)
    reached_at = DateTime()
    project = graphene.Field(lambda: Project, required=True)

    async def resolve_project(self: Any, info: GraphQLResolveInfo) -> Any:
        return await info.context.loader(ProjectLoader).load(self["project_id"])


class Project(NodeType):
    """A cooperation project (合作项目) of organisations of several provinces; seen by the offices and its participants."""

    class Meta:
        loader = ProjectLoader

    title = graphene.String(required=True)
    item = graphene.Field(WorkItem, description="The item of a plan that it carries out, if the viewer may see it.")
    lead_organization = graphene.Field(Organization, required=True)
    participants = graphene.List(
        graphene.NonNull(Organization), required=True, description="With the lead; at most 100."
    )
    milestones = graphene.List(graphene.NonNull(Milestone), required=True, description="By due day; at most 50.")
    created_at = DateTime(required=True)

    async def resolve_item(self: Any, info: GraphQLResolveInfo) -> Any:
        return await info.context.loader(WorkItemLoader).load(self["item_id"]) if self["item_id"] else None

    async def resolve_lead_organization(self: Any, info: GraphQLResolveInfo) -> Any:
        return await info.context.loader(OrganizationLoader).load(self["lead_organization_id"])

    async def resolve_participants(self: Any, info: GraphQLResolveInfo) -> Any:
        return await info.context.loader(OrganizationLoader).load_many(self["participant_ids"])

    async def resolve_milestones(self: Any, info: GraphQLResolveInfo) -> Any:
        return await info.context.loader(MilestonesLoader).load(self["id"])
