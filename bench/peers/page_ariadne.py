"""Ariadne: the page by a server that is written from the schema's text, with the document parsed once."""

from __future__ import annotations

from typing import Any

from ariadne import EnumType, ObjectType, QueryType, graphql, make_executable_schema
from graphql import parse

from bench.executor_page import DOCUMENT, KINDS, REGIONS, VARIABLES, page
from bench.peers.page import global_id, serve

SCHEMA = f"""
  type Query {{ organizations(first: Int): Organizations! }}
  type Organizations {{ nodes: [Organization!]! }}
  enum OrganizationKind {{ {" ".join(KINDS.values())} }}
  type Region {{ code: String! name: String! }}
  type Organization {{
    id: ID! name: String! nameZh: String! nameEn: String! kind: OrganizationKind! creditCode: String
    aliases: [String!]! createdAt: String! region: Region
  }}
"""
PAGE = page()
query, organization = QueryType(), ObjectType("Organization")
kinds = EnumType("OrganizationKind", {name: value for value, name in KINDS.items()})


@query.field("organizations")
def resolve_organizations(_: Any, _info: Any, first: int) -> dict[str, Any]:
    return {"nodes": PAGE["nodes"][:first]}


@organization.field("id")
def resolve_id(found: dict[str, Any], _info: Any) -> str:
    return global_id(found)


@organization.field("name")
def resolve_name(found: dict[str, Any], _info: Any) -> str:
    return found["name_zh"]


@organization.field("region")
def resolve_region(found: dict[str, Any], _info: Any) -> dict[str, str]:
    return {"code": found["region"], "name": REGIONS[found["region"]]}


schema = make_executable_schema(SCHEMA, query, organization, kinds, convert_names_case=True)
PARSED = parse(DOCUMENT)


async def ask() -> Any:
    asked = {"query": DOCUMENT, "variables": VARIABLES}
    _, result = await graphql(schema, asked, query_document=PARSED, query_validator=_validated_before)
    assert "errors" not in result, result["errors"]
    return result["data"]


def _validated_before(*_args: Any, **_more: Any) -> list[Any]:
    return []


if __name__ == "__main__":
    serve(ask)
