"""Invitations to a role in the graph."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from contracts.alliances.people.invitations import RoleInvitationStatus
from contracts.authority import Role, ScopeType
from gateway.graph.enums import enum
from gateway.graph.loading import by_id
from gateway.graph.person_names import name_of
from gateway.graph.relay import NodeType
from gateway.graph.times import DateTime
from gateway.protocol.calling import calls


class RoleInvitation(NodeType, loads="role_invitations_by_id"):
    """An invitation to a role (角色邀请), for somebody whose account is not known yet. As a node seen by who has sent it."""

    role = graphene.Field(enum(Role), required=True, description="The role.")
    scope_type = graphene.Field(enum(ScopeType), required=True, description="The kind of scope that it is held on.")
    scope_id = graphene.String(required=True, description="The scope itself: its plain id or the code of a region.")
    name_zh = graphene.String(
        required=True, description="The name of who is invited; empty once nobody can accept it any more."
    )
    name_en = graphene.String(required=True, description="The same in Latin letters; empty where nobody has said.")
    status = graphene.Field(enum(RoleInvitationStatus), required=True, description="What became of it.")
    code = graphene.String(
        description="What the invited person needs to accept it; for who has sent it, while it is open. Pass it on to them alone."
    )
    posted = graphene.Boolean(
        required=True, description="Whether it goes to an e-mail address, which is known while it is open."
    )
    until = DateTime(description="When the role ends by itself; null where it does not.")
    invited_by = graphene.String(required=True, description="Who has sent it: the subject of their token.")
    invited_by_name = name_of("invited_by")
    created_at = DateTime(required=True, description="When it was sent.")
    expires_at = DateTime(required=True, description="Until when it can be accepted.")

    def resolve_posted(self: Any, _info: GraphQLResolveInfo) -> bool:
        return bool(self.get("posted", False))  # a service of the release before sends none

    @calls
    async def resolve_code(self: Any, info: GraphQLResolveInfo) -> Any:
        found = await info.context.loader(by_id("alliances", "role_invitation_codes")).load(self["id"])
        return found and found["code"]
