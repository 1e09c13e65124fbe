"""Giving and taking roles through the graph."""

from __future__ import annotations

import graphene

from gateway.graph.alliances.authority.types import Grant, Role
from gateway.graph.relay import Command


class _RoleOnScope:
    person = graphene.String(required=True, description="The subject of the person's token.")
    role = Role(required=True)
    scope_type = graphene.String(
        required=True, description="hub, province, organization, alliance, event or delegation"
    )
    scope_id = graphene.String(required=True, description="The plain id, the region code, or `hub`.")


class GrantRole(Command):
    """Give a role. For the hub office, and for those who hold the same role on the same scope."""

    class Meta:
        service = "alliances"
        result = "grant"

    Input = _RoleOnScope
    grant = graphene.Field(Grant)


class RevokeRole(Command):
    """Take a role back. For the hub office, and for those who hold the same role on the same scope."""

    class Meta:
        service = "alliances"
        result = "grant"

    Input = _RoleOnScope
    grant = graphene.Field(Grant)


class AuthorityMutations(graphene.ObjectType):
    grant_role = GrantRole.Field()
    revoke_role = RevokeRole.Field()
