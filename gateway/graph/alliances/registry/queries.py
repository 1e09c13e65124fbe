"""What can be asked of the registry in the graph."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from gateway.graph.alliances.registry.types import Alliance, AllianceKind, Organization, OrganizationKind
from gateway.graph.relay import connection, load_node, page_arguments, to_connection


class RegistryQueries(graphene.ObjectType):
    """Organisations and alliances; public."""

    organizations = graphene.Field(
        connection(Organization),
        required=True,
        kind=graphene.Argument(OrganizationKind),
        region=graphene.String(description="A GB/T 2260 code: the region and all inside it."),
        name=graphene.String(description="The beginning of one of its names."),
        **page_arguments(),
    )
    alliances = graphene.Field(
        connection(Alliance),
        required=True,
        kind=graphene.Argument(AllianceKind),
        region=graphene.String(description="A GB/T 2260 code: led from there."),
        **page_arguments(),
    )
    alliance = graphene.Field(Alliance, id=graphene.ID(required=True))

    async def resolve_organizations(self: Any, info: GraphQLResolveInfo, **which: Any) -> dict[str, Any]:
        return to_connection(await info.context.rpc.query("alliances", "organizations", **which), which.get("after"))

    async def resolve_alliances(self: Any, info: GraphQLResolveInfo, **which: Any) -> dict[str, Any]:
        return to_connection(await info.context.rpc.query("alliances", "alliances", **which), which.get("after"))

    async def resolve_alliance(self: Any, info: GraphQLResolveInfo, id: str) -> dict[str, Any] | None:  # noqa: A002
        return await load_node(info, id, Alliance)
