"""Objections in the graph, with the panels that decide on them."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from contracts import regions
from contracts.events.judging import objections as contract
from gateway.graph.alliances.registry.types import Organization
from gateway.graph.document import Document
from gateway.graph.enums import enum
from gateway.graph.events.judging.objections.loaders import ObjectionLoader
from gateway.graph.events.judging.results.loaders import ResultLoader
from gateway.graph.events.judging.results.types import Result
from gateway.graph.region import Region
from gateway.graph.relay import LOADERS, NodeType, to_global_id
from gateway.graph.times import DateTime

Locus = enum(contract.Locus)
Ground = enum(contract.Ground)
ObjectionStatus = enum(contract.ObjectionStatus)


class Arbitrator(graphene.ObjectType):
    """Somebody who can be drawn for a panel (仲裁员), with where they work."""

    id = graphene.ID(required=True)
    person = graphene.String(required=True, description="The subject of their token.")
    organization = graphene.Field(Organization)
    province = graphene.Field(Region, required=True)

    def resolve_id(self: Any, _info: GraphQLResolveInfo) -> str:
        return to_global_id("Arbitrator", self["id"])

    async def resolve_organization(self: Any, info: GraphQLResolveInfo) -> Any:
        return await info.context.loader(LOADERS["Organization"]).load(self["organization_id"])

    def resolve_province(self: Any, _info: GraphQLResolveInfo) -> regions.Region | None:
        return regions.region(self["province"])


class ArbitratorSeat(graphene.ObjectType):
    """A seat on a panel; how others have voted is shown when all is decided."""

    id = graphene.ID(required=True)
    person = graphene.String(required=True)
    voted_at = DateTime()
    upholds = graphene.Boolean()
    reason = graphene.String()
    left_at = DateTime(description="When somebody else took it over.")

    def resolve_id(self: Any, _info: GraphQLResolveInfo) -> str:
        return to_global_id("ArbitratorSeat", self["id"])


class Objection(NodeType):
    """An objection (异议) to a result; seen by who filed it, the organisers and the panel."""

    class Meta:
        loader = ObjectionLoader

    result = graphene.Field(Result)
    version = graphene.Int(required=True, description="The version of the result that it is about.")
    entry_id = graphene.ID(required=True)
    organization = graphene.Field(Organization, description="That of the entry.")
    province = graphene.Field(Region, required=True)
    ground = graphene.Field(Ground, required=True)
    standing = graphene.Field(Locus, required=True, description="In what capacity the objector acts.")
    statement = graphene.String(required=True)
    person = graphene.String(required=True, description="Who filed it.")
    status = graphene.Field(ObjectionStatus, required=True)
    created_at = DateTime(required=True)
    decision_due_at = DateTime(required=True)
    decided_at = DateTime()
    closed_at = DateTime()
    closing_reason = graphene.String(required=True)
    reasons = graphene.List(
        graphene.NonNull(graphene.String), required=True, description="Those of the majority, once it has decided."
    )
    seats = graphene.List(
        graphene.NonNull(ArbitratorSeat), required=True, description="For the organisers and the panel."
    )
    draw = graphene.Field(Document, description="Seed, roster and who was left out why; for the same.")
    rejudging_id = graphene.ID(description="For the same.")

    async def resolve_result(self: Any, info: GraphQLResolveInfo) -> Any:
        return await info.context.loader(ResultLoader).load(self["result_id"])

    def resolve_entry_id(self: Any, _info: GraphQLResolveInfo) -> str:
        return to_global_id("Entry", self["entry_id"])

    async def resolve_organization(self: Any, info: GraphQLResolveInfo) -> Any:
        return await info.context.loader(LOADERS["Organization"]).load(self["organization_id"])

    def resolve_province(self: Any, _info: GraphQLResolveInfo) -> regions.Region | None:
        return regions.region(self["province"])

    def resolve_rejudging_id(self: Any, _info: GraphQLResolveInfo) -> str | None:
        return to_global_id("Rejudging", self["rejudging_id"]) if self["rejudging_id"] else None
