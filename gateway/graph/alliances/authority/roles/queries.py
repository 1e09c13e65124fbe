"""Who the viewer is, and who holds which role."""

from __future__ import annotations

from typing import Any

import graphene
from aiodataloader import DataLoader
from graphql import GraphQLResolveInfo

from contracts import regions
from contracts.alliances.authority import roles_forms as forms
from contracts.authority import Role
from gateway.graph.alliances.authority.roles.types import Grant
from gateway.graph.queries import listed
from gateway.graph.region import Region
from gateway.graph.relay import LOADERS, NODES
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


async def _scopes(viewer: Any, info: GraphQLResolveInfo, role: Role) -> list[str]:
    """The ids of what the viewer holds this role on."""
    grants = await info.context.loader(GrantsLoader).load(viewer.id)
    return [grant["scope_id"] for grant in grants if grant["role"] == role]


def _held(node: str, role: Role, description: str) -> graphene.Field:
    """The nodes that the viewer holds a role on."""

    @calls
    async def resolve(viewer: Any, info: GraphQLResolveInfo) -> Any:
        found = await info.context.loader(LOADERS[node]).load_many(await _scopes(viewer, info, role))
        return [each for each in found if each is not None]

    kind = graphene.List(lambda: graphene.NonNull(NODES[node]))
    return graphene.Field(kind, required=True, resolver=resolve, description=f"{description} At most 100.")


class Viewer(graphene.ObjectType):
    """The person who is asking, according to their token, and the roles they hold."""

    id = graphene.String(required=True, description="The subject of the token.")
    name = graphene.String(description="Their name, if the token has one.")
    locale = graphene.String(required=True, description="The language of the answers: zh-CN or en.")
    grants = graphene.List(graphene.NonNull(Grant), required=True, description="The roles that they hold; at most 100.")

    organizations = _held("Organization", Role.REPRESENTATIVE, "The organisations that they represent.")
    alliances = _held("Alliance", Role.SECRETARIAT, "The alliances whose secretariat they are in.")
    series = _held("CompetitionSeries", Role.ORGANIZER, "The competition series that they organise.")
    provinces = graphene.List(
        graphene.NonNull(Region), required=True, description="The provinces whose education department they work in."
    )

    def resolve_locale(self: Any, info: GraphQLResolveInfo) -> str:
        return str(info.context.locale)

    @calls
    async def resolve_grants(self: Any, info: GraphQLResolveInfo) -> Any:
        return await info.context.loader(GrantsLoader).load(self.id)

    @calls
    async def resolve_provinces(self: Any, info: GraphQLResolveInfo) -> Any:
        return [regions.region(code) for code in await _scopes(self, info, Role.PROVINCE_OFFICE)]


class RolesQueries(graphene.ObjectType):
    holders = listed(forms.Holders, Grant)
    viewer = graphene.Field(Viewer, description="The person who is asking; null for a visitor without a token.")

    def resolve_viewer(self: Any, info: GraphQLResolveInfo) -> Any:
        return info.context.identity
