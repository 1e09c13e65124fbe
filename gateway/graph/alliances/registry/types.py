"""The registry in the graph: organisations and alliances."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from contracts import alliances as contract
from gateway.graph.alliances.membership.loaders import FirstMembersLoader
from gateway.graph.alliances.registry.loaders import AllianceLoader, OrganizationLoader
from gateway.graph.region import name_field, region_field
from gateway.graph.relay import NodeType, connection, page_arguments, to_connection
from gateway.graph.times import Date, DateTime

OrganizationKind = graphene.Enum.from_enum(contract.OrganizationKind)
AllianceKind = graphene.Enum.from_enum(contract.AllianceKind)


class Organization(NodeType):
    """An organisation (单位) that education bodies work with or are."""

    class Meta:
        loader = OrganizationLoader

    kind = graphene.Field(OrganizationKind, required=True)
    region = region_field(required=True)
    name = name_field()
    name_zh = graphene.String(required=True)
    name_en = graphene.String(required=True)
    credit_code = graphene.String(description="Unified social credit code (GB 32100-2015).")
    aliases = graphene.List(graphene.NonNull(graphene.String), required=True)
    created_at = DateTime(required=True)


class Alliance(NodeType):
    """An alliance, group or mechanism (联盟、集团、协作机制) of several organisations."""

    class Meta:
        loader = AllianceLoader

    kind = graphene.Field(AllianceKind, required=True)
    region = region_field(description="The province that leads it, if one does.")
    name = name_field()
    name_zh = graphene.String(required=True)
    name_en = graphene.String(required=True)
    industry = graphene.String()
    founded_on = Date()
    created_at = DateTime(required=True)
    members = graphene.Field(
        lambda: connection(_membership_type()),  # type: ignore[arg-type]
        required=True,
        description="The members of today, by when they first came; anybody may see them.",
        **page_arguments(),
    )

    async def resolve_members(
        self: Any, info: GraphQLResolveInfo, first: int | None = None, after: str | None = None
    ) -> dict[str, Any]:
        if after is None:
            page = await info.context.loader(FirstMembersLoader).load((self["id"], 20 if first is None else first))
        else:
            asked = {"alliance_id": self["id"], "status": "member", "first": first, "after": after}
            page = await info.context.rpc.query("alliances", "memberships", **asked)
        return to_connection(page, after)


def _membership_type() -> type[graphene.ObjectType]:
    from gateway.graph.alliances.membership.types import Membership  # noqa: PLC0415 - they refer to each other

    return Membership
