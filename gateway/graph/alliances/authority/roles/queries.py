"""Who the viewer is."""

from __future__ import annotations

from typing import Any

import graphene
from aiodataloader import DataLoader
from graphql import GraphQLResolveInfo

from gateway.graph.alliances.authority.roles.types import Grant
from gateway.protocol.calling import calls
from gateway.rpc import Rpc


class GrantsLoader(DataLoader[str, list[dict[str, Any]]]):
    """The viewer's own grants, in one call however often the viewer is asked for."""

    def __init__(self, rpc: Rpc) -> None:
        super().__init__()
        self._rpc = rpc

    async def batch_load_fn(self, keys: list[str]) -> list[list[dict[str, Any]]]:
        page = await self._rpc.query("alliances", "my_grants", first=100)
        return [page["nodes"] for _ in keys]


class Viewer(graphene.ObjectType):
    """The person who is asking, according to their token, and the roles they hold."""

    id = graphene.String(required=True, description="The subject of the token.")
    name = graphene.String(description="Their name, if the token has one.")
    locale = graphene.String(required=True, description="The language of the answers: zh-CN or en.")
    grants = graphene.List(graphene.NonNull(Grant), required=True, description="The roles that they hold; at most 100.")

    def resolve_locale(self: Any, info: GraphQLResolveInfo) -> str:
        return str(info.context.locale)

    @calls
    async def resolve_grants(self: Any, info: GraphQLResolveInfo) -> Any:
        return await info.context.loader(GrantsLoader).load(self.id)


class RolesQueries(graphene.ObjectType):
    viewer = graphene.Field(Viewer, description="The person who is asking; null for a visitor without a token.")

    def resolve_viewer(self: Any, info: GraphQLResolveInfo) -> Any:
        return info.context.identity
