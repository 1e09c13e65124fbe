"""Authority in the graph: a role, on what it is held, and for what reasons."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from contracts import regions
from contracts.alliances.authority.roles import GroundKind
from contracts.authority import Role, ScopeType
from gateway.graph.enums import enum
from gateway.graph.person_names import name_of
from gateway.graph.region import Region
from gateway.graph.relay import Node, load_node, to_global_id
from gateway.graph.times import DateTime
from gateway.protocol.calling import calls

_NODES = {
    ScopeType.ORGANIZATION: "Organization",
    ScopeType.ALLIANCE: "Alliance",
    ScopeType.EVENT: "CompetitionSeries",
    ScopeType.DELEGATION: "CompetitionSeries",
}
"""Which node each kind of scope is; the hub is none, and a province is a region."""


class GrantGround(graphene.ObjectType):
    """A reason for which a role is held (授权依据): while one of them stands, the role does."""

    kind = graphene.Field(enum(GroundKind), required=True, description="What kind of reason it is.")
    since = DateTime(required=True, description="Since when it stands.")
    until = DateTime(description="When it ends by itself; null where it does not.")
    given_by = graphene.String(
        required=True,
        description="Who gave the role: the subject of their token; empty where the operator or the hub itself did.",
    )
    given_by_name = name_of("given_by")


class Grant(graphene.ObjectType):
    """A role that a person holds on a scope."""

    person = graphene.String(required=True, description="Who holds it: the subject of their token.")
    person_name = name_of("person")
    role = graphene.Field(enum(Role), required=True, description="The role.")
    scope_type = graphene.Field(enum(ScopeType), required=True, description="The kind of scope that it is held on.")
    scope_id = graphene.String(
        required=True, description="The scope itself: its plain id, the code of a region, or `hub`."
    )
    scope = graphene.Field(
        Node,
        description="The organisation, alliance or series that it is held on (of a delegation: its series); null for all else.",
    )
    province = graphene.Field(Region, description="The province that it is held on, or whose delegation it is.")
    granted_at = DateTime(required=True, description="When it was given.")
    revoked_at = DateTime(description="When it was revoked; null while it is held.")
    until = DateTime(description="When it ends by itself; null where it does not.")
    grounds = graphene.List(
        graphene.NonNull(GrantGround), required=True, description="Why it is held, the oldest reason first."
    )

    @calls
    async def resolve_scope(self: Any, info: GraphQLResolveInfo) -> Any:
        type_name = _NODES.get(self["scope_type"])
        id_ = self["scope_id"].partition(":")[0]
        return await load_node(info, to_global_id(type_name, id_)) if type_name else None

    def resolve_province(self: Any, _info: GraphQLResolveInfo) -> regions.Region | None:
        code = self["scope_id"].rpartition(":")[2]
        return regions.region(code) if self["scope_type"] in {ScopeType.PROVINCE, ScopeType.DELEGATION} else None

    def resolve_grounds(self: Any, _info: GraphQLResolveInfo) -> Any:
        return self.get("grounds", [])  # a service of the release before knew of none
