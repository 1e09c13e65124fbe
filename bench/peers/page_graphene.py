"""Graphene: the page by the library in which the hub is written, with its ordinary executor and the document parsed once."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import execute, parse, validate

from bench.executor_page import DOCUMENT, KINDS, REGIONS, VARIABLES, page
from bench.peers.page import global_id, serve

Kind = graphene.Enum("OrganizationKind", {name: value for value, name in KINDS.items()})


class Region(graphene.ObjectType):
    code = graphene.String(required=True)
    name = graphene.String(required=True)


class Organization(graphene.ObjectType):
    id = graphene.ID(required=True)
    name = graphene.String(required=True)
    name_zh = graphene.String(required=True)
    name_en = graphene.String(required=True)
    kind = Kind(required=True)
    credit_code = graphene.String()
    aliases = graphene.List(graphene.NonNull(graphene.String), required=True)
    created_at = graphene.String(required=True)
    region = graphene.Field(Region)

    def resolve_id(self: dict[str, Any], _info: Any) -> str:
        return global_id(self)

    def resolve_name(self: dict[str, Any], _info: Any) -> str:
        return self["name_zh"]

    def resolve_region(self: dict[str, Any], _info: Any) -> dict[str, str]:
        return {"code": self["region"], "name": REGIONS[self["region"]]}


class Organizations(graphene.ObjectType):
    nodes = graphene.List(graphene.NonNull(Organization), required=True)


class Query(graphene.ObjectType):
    organizations = graphene.Field(Organizations, first=graphene.Int(), required=True)

    def resolve_organizations(self, _info: Any, first: int) -> dict[str, Any]:
        return {"nodes": PAGE["nodes"][:first]}


PAGE = page()
SCHEMA = graphene.Schema(query=Query).graphql_schema
PARSED = parse(DOCUMENT)


async def ask() -> Any:
    result = execute(SCHEMA, PARSED, variable_values=VARIABLES)
    assert result.errors is None, result.errors
    return result.data


if __name__ == "__main__":
    assert not validate(SCHEMA, PARSED)
    serve(ask)
