"""Competitions in the graph: series, editions, tracks, quotas and entries."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from contracts import events as contract
from contracts import regions
from gateway.graph.alliances.registry.loaders import AllianceLoader, OrganizationLoader
from gateway.graph.alliances.registry.types import Alliance, Organization
from gateway.graph.events.competitions.loaders import (
    CompetitionLoader,
    EntryLoader,
    QuotasLoader,
    SeriesLoader,
    TrackLoader,
)
from gateway.graph.region import Region, name_field
from gateway.graph.relay import NodeType
from gateway.graph.times import DateTime

EditionStatus = graphene.Enum.from_enum(contract.EditionStatus)
EntryStatus = graphene.Enum.from_enum(contract.EntryStatus)


class CompetitionSeries(NodeType):
    """A competition series (竞赛系列), held again and again."""

    class Meta:
        loader = SeriesLoader

    name = name_field()
    name_zh = graphene.String(required=True)
    name_en = graphene.String(required=True)
    created_at = DateTime(required=True)
    alliance = graphene.Field(Alliance, description="For whose members it is, if for those of one alliance.")

    async def resolve_alliance(self: Any, info: GraphQLResolveInfo) -> Any:
        return await _alliance(self, info)


class Quota(graphene.ObjectType):
    """The places (名额) of a province in a track."""

    province = graphene.Field(Region, required=True)
    places = graphene.Int(required=True)
    taken = graphene.Int(required=True, description="How many entries stand.")
    free = graphene.Int(required=True)

    def resolve_province(self: Any, _info: GraphQLResolveInfo) -> regions.Region | None:
        return regions.region(self["province"])


class Track(NodeType):
    """A track of a competition (赛道): entries compete within it."""

    class Meta:
        loader = TrackLoader

    name = name_field()
    name_zh = graphene.String(required=True)
    name_en = graphene.String(required=True)
    competition = graphene.Field(lambda: Competition)
    quotas = graphene.List(graphene.NonNull(Quota), required=True, description="By province; at most 40.")

    async def resolve_competition(self: Any, info: GraphQLResolveInfo) -> Any:
        return await info.context.loader(CompetitionLoader).load(self["competition_id"])

    async def resolve_quotas(self: Any, info: GraphQLResolveInfo) -> Any:
        return await info.context.loader(QuotasLoader).load(self["id"])


class Competition(NodeType):
    """An edition of a competition series (届), as the 14th; a draft is seen by its organisers only."""

    class Meta:
        loader = CompetitionLoader

    series = graphene.Field(CompetitionSeries, required=True)
    number = graphene.Int(required=True)
    name = name_field()
    name_zh = graphene.String(required=True)
    name_en = graphene.String(required=True)
    alliance = graphene.Field(Alliance, description="Whose members are told when it is published.")
    host_region = graphene.Field(Region, required=True)
    opens_at = DateTime(required=True, description="From then on entries are taken …")
    closes_at = DateTime(required=True, description="… until just before then.")
    status = graphene.Field(EditionStatus, required=True)
    published_at = DateTime()
    created_at = DateTime(required=True)
    tracks = graphene.List(graphene.NonNull(Track), required=True, description="At most 50.")

    async def resolve_alliance(self: Any, info: GraphQLResolveInfo) -> Any:
        return await _alliance(self, info)

    def resolve_host_region(self: Any, _info: GraphQLResolveInfo) -> regions.Region | None:
        return regions.region(self["host_region"])


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


async def _alliance(parent: dict[str, Any], info: GraphQLResolveInfo) -> Any:
    alliance_id = parent["alliance_id"]
    return await info.context.loader(AllianceLoader).load(alliance_id) if alliance_id else None
