"""What can be asked about deliveries in the graph."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from gateway.graph.notify.delivery.types import Contact


class DeliveryQueries(graphene.ObjectType):
    my_contact = graphene.Field(Contact, description="Null until the viewer gives one.")

    async def resolve_my_contact(self: Any, info: GraphQLResolveInfo) -> Any:
        return await info.context.rpc.query("notify", "my_contact")
