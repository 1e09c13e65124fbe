"""Exports of a person in the graph."""

from __future__ import annotations

import asyncio
from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from gateway.exports.persons import person_export_address
from gateway.graph.loading import by_whole
from gateway.graph.person_names import name_of
from gateway.graph.relations import related
from gateway.graph.relay import NodeType
from gateway.graph.times import DateTime
from gateway.protocol.calling import calls
from kit.settings import SERVICES


class PersonExportPart(graphene.ObjectType):
    """What one service has gathered for an export."""

    service = graphene.String(required=True, description="Which service.")
    rows = graphene.Int(required=True, description="How many rows it has gathered so far.")
    cut = graphene.Boolean(required=True, description="Whether it holds more than a part may have.")
    finished_at = DateTime(description="Since when its part is whole; null before.")


class PersonExport(NodeType, loads="person_exports_by_id"):
    """All that the hub holds of a person (个人信息导出), as a file. Seen by who has asked for it."""

    person = related("Person", "The person; null once the record was erased.")
    purpose = graphene.String(required=True, description="Why it was asked for; empty where the person did.")
    asked_by = graphene.String(required=True, description="Who has asked for it: the subject of their token.")
    asked_by_name = name_of("asked_by")
    created_at = DateTime(required=True, description="When it was asked for.")
    until = DateTime(required=True, description="Until when it can be had; then it is erased.")
    parts = graphene.List(
        graphene.NonNull(PersonExportPart),
        description="How far each service is; one that has not begun is not among them. Null where one does not answer.",
    )
    address = graphene.String(
        required=True, description="Where the file is fetched with the same token, once all services have finished."
    )

    @calls
    async def resolve_parts(self: Any, info: GraphQLResolveInfo) -> Any:
        loaders = [info.context.loader(by_whole(each, "person_parts", "person_export_id")) for each in SERVICES]
        found = await asyncio.gather(*(loader.load(self["id"]) for loader in loaders))
        return [part for parts in found for part in parts]

    def resolve_address(self: Any, info: GraphQLResolveInfo) -> str:
        return person_export_address(info.context.address, self["id"])
