"""Quotas in the graph: a province's places in sum, and the tree in which every place is somewhere."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from contracts import regions
from contracts.events.admission.quotas import QuotaLevel
from gateway.graph.enums import enum
from gateway.graph.region import Region, region_field
from gateway.graph.relations import related
from gateway.graph.relay import NodeType


class ProvinceQuota(graphene.ObjectType):
    """The places (名额) of a province in a track, with all that its prefectures and institutions hold."""

    province = region_field("The province.", required=True)
    places = graphene.Int(required=True, description="How many places it has.")
    taken = graphene.Int(required=True, description="How many entries stand.")
    offered = graphene.Int(required=True, description="How many places are offered to entries that waited.")
    free = graphene.Int(required=True, description="How many places are neither taken nor offered.")


class Quota(NodeType, loads="quotas_by_id"):
    """The places of one holder in a track; at every moment allocated + returned + held = issued."""

    level = graphene.Field(enum(QuotaLevel), required=True, description="Who holds it.")
    region = graphene.Field(
        Region, description="The region that holds it; null for the whole quota and for an institution's."
    )
    organization = related("Organization", "The institution that holds it, if one does.")
    issued = graphene.Int(required=True, description="How many places came from above.")
    allocated = graphene.Int(required=True, description="How many places are with those below.")
    returned = graphene.Int(required=True, description="How many places went back up.")
    held = graphene.Int(required=True, description="How many places are here: taken, offered or free.")
    taken = graphene.Int(required=True, description="How many entries stand here.")
    offered = graphene.Int(required=True, description="How many places are offered to entries that waited.")
    free = graphene.Int(description="How many places are free; null if there is no limit.")
    closed = graphene.Boolean(required=True, description="Whether places can no longer be taken here.")

    def resolve_region(self: Any, _info: GraphQLResolveInfo) -> regions.Region | None:
        of_region = self["region"] and not self["organization_id"]
        return regions.region(self["region"]) if of_region else None
