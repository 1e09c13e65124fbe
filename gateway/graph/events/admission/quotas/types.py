"""Quotas in the graph: a province's places in sum, and the tree in which every place is somewhere."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from contracts import regions
from contracts.events.admission import quotas as contract
from gateway.graph.alliances.registry.types import Organization
from gateway.graph.enums import enum
from gateway.graph.region import Region
from gateway.graph.relay import LOADERS, NodeType

QuotaLevel = enum(contract.QuotaLevel)


class ProvinceQuota(graphene.ObjectType):
    """The places (名额) of a province in a track, with all that its prefectures and institutions hold."""

    province = graphene.Field(Region, required=True)
    places = graphene.Int(required=True)
    taken = graphene.Int(required=True, description="How many entries stand.")
    offered = graphene.Int(required=True, description="How many are offered to entries that waited.")
    free = graphene.Int(required=True)

    def resolve_province(self: Any, _info: GraphQLResolveInfo) -> regions.Region | None:
        return regions.region(self["province"])


class Quota(NodeType):
    """The places of one holder in a track; at every moment allocated + returned + held = issued."""

    class Meta:
        loader = QuotaLoader

    level = graphene.Field(QuotaLevel, required=True)
    region = graphene.Field(
        Region, description="Whose it is, if a region's; empty for the whole and for an institution."
    )
    organization = graphene.Field(Organization, description="Whose it is, if an institution's.")
    issued = graphene.Int(required=True, description="What came from above.")
    allocated = graphene.Int(required=True, description="What is with those below.")
    returned = graphene.Int(required=True, description="What went back up.")
    held = graphene.Int(required=True, description="What is here: taken, offered or free.")
    taken = graphene.Int(required=True, description="How many entries stand here.")
    offered = graphene.Int(required=True, description="How many places are offered to entries that waited.")
    free = graphene.Int(description="Empty where there is no limit.")
    closed = graphene.Boolean(required=True)

    def resolve_region(self: Any, _info: GraphQLResolveInfo) -> regions.Region | None:
        of_region = self["region"] and not self["organization_id"]
        return regions.region(self["region"]) if of_region else None

    async def resolve_organization(self: Any, info: GraphQLResolveInfo) -> Any:
        own = self["organization_id"]
        return await info.context.loader(LOADERS["Organization"]).load(own) if own else None
