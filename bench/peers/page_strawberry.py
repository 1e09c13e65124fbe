"""Strawberry: the page by a server that is written from annotations, with its caches of parsed and validated documents."""

from enum import Enum
from typing import Any

import strawberry
from strawberry.extensions import ParserCache, ValidationCache

from bench.executor_page import DOCUMENT, KINDS, REGIONS, VARIABLES, page
from bench.peers.page import global_id, serve

OrganizationKind = strawberry.enum(Enum("OrganizationKind", {name: value for value, name in KINDS.items()}))


@strawberry.type
class Region:
    code: str
    name: str


@strawberry.type
class Organization:
    name_zh: str
    name_en: str
    kind: OrganizationKind
    credit_code: str | None
    aliases: list[str]
    created_at: str
    given: strawberry.Private[dict[str, Any]]

    @strawberry.field
    def id(self) -> strawberry.ID:
        return strawberry.ID(global_id(self.given))

    @strawberry.field
    def name(self) -> str:
        return self.name_zh

    @strawberry.field
    def region(self) -> Region | None:
        return Region(code=self.given["region"], name=REGIONS[self.given["region"]])


@strawberry.type
class Organizations:
    nodes: list[Organization]


@strawberry.type
class Query:
    @strawberry.field
    def organizations(self, first: int | None = None) -> Organizations:
        return Organizations(nodes=[_organization(each) for each in PAGE["nodes"][:first]])


def _organization(given: dict[str, Any]) -> Organization:
    plain = {name: value for name, value in given.items() if name not in ("id", "region", "kind")}
    return Organization(**plain, kind=OrganizationKind(given["kind"]), given=given)


PAGE = page()
SCHEMA = strawberry.Schema(query=Query, extensions=[ParserCache, ValidationCache])


async def ask() -> Any:
    result = await SCHEMA.execute(DOCUMENT, variable_values=VARIABLES)
    assert result.errors is None, result.errors
    return result.data


if __name__ == "__main__":
    serve(ask)
