"""Office contacts in the graph."""

from __future__ import annotations

import graphene

from gateway.graph.relations import related
from gateway.graph.relay import global_id
from gateway.graph.times import DateTime


class OfficeContact(graphene.ObjectType):
    """How a position in an organisation is reached (岗位办公联系方式), whoever holds it."""

    id = global_id("OfficeContact", "Its id, for `removeOfficeContact`.")
    organization = related("Organization", "The organisation.", required=True)
    position = graphene.String(required=True, description="The position.")
    phone = graphene.String(description="Its office telephone.")
    email = graphene.String(description="Its work address for e-mail.")
    created_at = DateTime(required=True, description="When it was first entered.")
