"""Authority in the graph: who the viewer is and what they may do."""

from __future__ import annotations

import graphene

from contracts import authority as contract
from gateway.graph.times import DateTime

Role = graphene.Enum.from_enum(contract.Role)


class Grant(graphene.ObjectType):
    """A role that a person holds on a scope."""

    person = graphene.String(required=True)
    role = graphene.Field(Role, required=True)
    scope_type = graphene.String(required=True)
    scope_id = graphene.String(required=True, description="A plain id, a region code, or `hub`.")
    granted_at = DateTime(required=True)
    revoked_at = DateTime()
