"""What can be asked about memberships in the graph."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from gateway.graph.alliances.membership.types import Membership, MembershipStatus
from gateway.graph.relay import connection, local_id, page_arguments, to_connection


class MembershipQueries(graphene.ObjectType):
    """Applications and memberships, for those whom they concern."""

    memberships = graphene.Field(
        connection(Membership),
        required=True,
        alliance=graphene.ID(required=True),
        status=graphene.Argument(MembershipStatus),
        description="The memberships of an alliance at a status, or all; for its secretariat.",
        **page_arguments(),
    )
    my_memberships = graphene.Field(
        connection(Membership),
        required=True,
        description="The memberships of the organisations that the viewer represents.",
        **page_arguments(),
    )

    async def resolve_memberships(self: Any, info: GraphQLResolveInfo, alliance: str, **which: Any) -> dict[str, Any]:
        alliance_id = local_id("Alliance", alliance, "alliance")
        page = await info.context.rpc.query("alliances", "memberships", alliance_id=alliance_id, **which)
        return to_connection(page, which.get("after"))

    async def resolve_my_memberships(self: Any, info: GraphQLResolveInfo, **which: Any) -> dict[str, Any]:
        return to_connection(await info.context.rpc.query("alliances", "my_memberships", **which), which.get("after"))
