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


class DerivedShare(graphene.ObjectType):
    """What a province or an institution would get by its entries in an earlier edition."""

    province = region_field("The province; null for an institution.")
    organization = related("Organization", "The institution; null for a province.")
    entries = graphene.Int(required=True, description="How many entries it had.")
    places = graphene.Int(required=True, description="How many places it would get.")


class DerivedPlaces(graphene.ObjectType):
    """How places would be shared by the entries of an earlier edition; `derivePlaces` gives exactly these."""

    competition = related("Competition", "The edition whose entries count.")
    places = graphene.Int(required=True, description="How many places are shared: the sum of all shares.")
    digest = graphene.String(
        required=True, description="What `derivePlaces` takes, so that what was seen is what is given."
    )
    shares = graphene.List(
        graphene.NonNull(DerivedShare), required=True, description="Who would get how many; at most 500."
    )


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
