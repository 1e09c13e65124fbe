"""Membership in the graph."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from contracts import alliances as contract
from gateway.graph.alliances.membership.loaders import MembershipLoader
from gateway.graph.alliances.registry.loaders import AllianceLoader, OrganizationLoader
from gateway.graph.alliances.registry.types import Alliance, Organization
from gateway.graph.relay import NodeType
from gateway.graph.times import Date, DateTime

MembershipStatus = graphene.Enum.from_enum(contract.MembershipStatus)


class MembershipStep(graphene.ObjectType):
    """Where a membership stood from a moment on, and why."""

    status = graphene.Field(MembershipStatus, required=True)
    since = DateTime(required=True)
    reason = graphene.String(required=True)


class Membership(NodeType):
    """One organisation's standing in one alliance (成员资格)."""

    class Meta:
        loader = MembershipLoader

    status = graphene.Field(MembershipStatus, required=True)
    alliance = graphene.Field(Alliance, required=True)
    organization = graphene.Field(Organization, required=True)
    created_at = DateTime(required=True)
    status_on = graphene.Field(
        MembershipStep,
        day=Date(required=True),
        description="Where it stood at the end of a past day in China; for the secretariat and the organisation.",
    )

    async def resolve_alliance(self: Any, info: GraphQLResolveInfo) -> Any:
        return await info.context.loader(AllianceLoader).load(self["alliance_id"])

    async def resolve_organization(self: Any, info: GraphQLResolveInfo) -> Any:
        known = self.get("organization")
        return known or await info.context.loader(OrganizationLoader).load(self["organization_id"])

    async def resolve_status_on(self: Any, info: GraphQLResolveInfo, day: Any) -> Any:
        return await info.context.rpc.query("alliances", "membership_status_on", membership_id=self["id"], day=day)
