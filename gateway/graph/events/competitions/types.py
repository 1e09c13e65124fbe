"""Competitions in the graph: series, editions, tracks, quotas and entries."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from contracts import regions
from contracts.events.editions import competitions as contract
from gateway.graph.alliances.registry.types import Alliance
from gateway.graph.document import Document
from gateway.graph.enums import enum
from gateway.graph.events.admission.quotas.loaders import QuotasLoader
from gateway.graph.events.admission.quotas.types import ProvinceQuota
from gateway.graph.events.competitions.loaders import (
    CompetitionLoader,
    RoundLoader,
    RuleSetsLoader,
    SeriesLoader,
    StageLoader,
    StagesLoader,
    TrackLoader,
)
from gateway.graph.events.editions.phases.loaders import PhasesLoader
from gateway.graph.events.editions.phases.types import Phase
from gateway.graph.region import Region, name_field
from gateway.graph.relay import LOADERS, NodeType
from gateway.graph.times import DateTime

EditionStatus = enum(contract.EditionStatus)
TrackKind = enum(contract.TrackKind)
RoundLevel = enum(contract.RoundLevel)
StageStatus = enum(contract.StageStatus)


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


class Track(NodeType):
    """A track of a competition (赛道): entries compete within it."""

    class Meta:
        loader = TrackLoader

    name = name_field()
    name_zh = graphene.String(required=True)
    name_en = graphene.String(required=True)
    code = graphene.String(
        required=True, description="Its short name in the edition, as A; the rule set speaks of it by this."
    )
    kind = graphene.Field(TrackKind, required=True)
    competition = graphene.Field(lambda: Competition)
    quotas = graphene.List(graphene.NonNull(ProvinceQuota), required=True, description="By province; at most 40.")

    async def resolve_competition(self: Any, info: GraphQLResolveInfo) -> Any:
        return await info.context.loader(CompetitionLoader).load(self["competition_id"])

    async def resolve_quotas(self: Any, info: GraphQLResolveInfo) -> Any:
        return await info.context.loader(QuotasLoader).load(self["id"])


class Stage(NodeType):
    """A track in a round (赛段): it has one panel, one set of blind codes and one result."""

    class Meta:
        loader = StageLoader

    number = graphene.Int(required=True, description="That of its round.")
    status = graphene.Field(StageStatus, required=True)
    round = graphene.Field(lambda: Round)
    track = graphene.Field(Track)
    competition = graphene.Field(lambda: Competition)

    async def resolve_round(self: Any, info: GraphQLResolveInfo) -> Any:
        return await info.context.loader(RoundLoader).load(self["round_id"])

    async def resolve_track(self: Any, info: GraphQLResolveInfo) -> Any:
        return await info.context.loader(TrackLoader).load(self["track_id"])

    async def resolve_competition(self: Any, info: GraphQLResolveInfo) -> Any:
        return await info.context.loader(CompetitionLoader).load(self["competition_id"])


class Round(NodeType):
    """A round of a competition (轮次), as the provincial one; each feeds the next."""

    class Meta:
        loader = RoundLoader

    number = graphene.Int(required=True)
    level = graphene.Field(RoundLevel, required=True)
    name = name_field()
    name_zh = graphene.String(required=True)
    name_en = graphene.String(required=True)
    stages = graphene.List(graphene.NonNull(Stage), required=True, description="One a track; at most 50.")

    async def resolve_stages(self: Any, info: GraphQLResolveInfo) -> Any:
        return await info.context.loader(StagesLoader).load(self["id"])


class RuleSet(graphene.ObjectType):
    """A version of the rules of a competition (竞赛规程); what is published never changes, an amendment is a new one."""

    version = graphene.Int(required=True)
    document = graphene.Field(Document, required=True)
    digest = graphene.String(required=True, description="SHA-256 of the document's canonical form (RFC 8785).")
    reason = graphene.String(required=True, description="Why it was amended; empty for the first version.")
    created_at = DateTime(required=True)


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
    rounds = graphene.List(graphene.NonNull(Round), required=True, description="By number; at most 10.")
    phases = graphene.List(
        graphene.NonNull(Phase), required=True, description="In the order in which they open; at most 50."
    )
    rule_sets = graphene.List(
        graphene.NonNull(RuleSet), required=True, description="Every version, the first one first."
    )

    async def resolve_phases(self: Any, info: GraphQLResolveInfo) -> Any:
        return await info.context.loader(PhasesLoader).load(self["id"])

    async def resolve_rule_sets(self: Any, info: GraphQLResolveInfo) -> Any:
        return await info.context.loader(RuleSetsLoader).load(self["id"])

    async def resolve_alliance(self: Any, info: GraphQLResolveInfo) -> Any:
        return await _alliance(self, info)

    def resolve_host_region(self: Any, _info: GraphQLResolveInfo) -> regions.Region | None:
        return regions.region(self["host_region"])


async def _alliance(parent: dict[str, Any], info: GraphQLResolveInfo) -> Any:
    alliance_id = parent["alliance_id"]
    return await info.context.loader(LOADERS["Alliance"]).load(alliance_id) if alliance_id else None
