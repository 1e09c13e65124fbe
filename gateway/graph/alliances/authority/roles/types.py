"""Authority in the graph: who the viewer is and what they may do."""

from __future__ import annotations

import graphene

from contracts.authority import Role, ScopeType
from gateway.graph.enums import enum
from gateway.graph.times import DateTime


class Grant(graphene.ObjectType):
    """A role that a person holds on a scope."""

    person = graphene.String(required=True, description="Who holds it: the subject of their token.")
    role = graphene.Field(enum(Role), required=True, description="The role.")
    scope_type = graphene.Field(enum(ScopeType), required=True, description="The kind of scope that it is held on.")
    scope_id = graphene.String(
        required=True, description="The scope itself: its plain id, the code of a region, or `hub`."
    )
    granted_at = DateTime(required=True, description="When it was given.")
    revoked_at = DateTime(description="When it was revoked; null while it is held.")
