"""Entries in the graph."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from contracts import regions
from contracts.events import entries as contract
from gateway.graph.alliances.registry.loaders import OrganizationLoader
from gateway.graph.alliances.registry.types import Organization
from gateway.graph.events.competitions.loaders import CompetitionLoader
from gateway.graph.events.competitions.types import Competition, Track
from gateway.graph.events.entries.loaders import EntryLoader
from gateway.graph.region import Region
from gateway.graph.relay import NodeType
from gateway.graph.times import DateTime

EntryStatus = graphene.Enum.from_enum(contract.EntryStatus)


class Entry(NodeType):
    """A delegation's entry (报名) for one contestant; seen by the organisers, the organisation and its province."""

    class Meta:
        loader = EntryLoader

    competition = graphene.Field(Competition, required=True)
    track = graphene.Field(Track, required=True)
    organization = graphene.Field(Organization, required=True)
    province = graphene.Field(Region, required=True)
    contestant = graphene.String(required=True, description="The name of the team or person, to show.")
    status = graphene.Field(EntryStatus, required=True)
    created_at = DateTime(required=True)
    withdrawn_at = DateTime()

    async def resolve_competition(self: Any, info: GraphQLResolveInfo) -> Any:
        return await info.context.loader(CompetitionLoader).load(self["competition_id"])

    async def resolve_organization(self: Any, info: GraphQLResolveInfo) -> Any:
        return await info.context.loader(OrganizationLoader).load(self["organization_id"])

    def resolve_province(self: Any, _info: GraphQLResolveInfo) -> regions.Region | None:
        return regions.region(self["province"])
