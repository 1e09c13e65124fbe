"""A small graph whose resolvers tell what was asked of them, and when."""

from __future__ import annotations

import asyncio
from typing import Any

import graphene
import pytest
from graphql import GraphQLSchema

from gateway.executing.reading import Reading

Seen = list[str]


class Thing(graphene.ObjectType):
    """A thing that can come late, be wrong, or lie in another."""

    name = graphene.String(required=True)
    size = graphene.Int()
    made = graphene.String(resolver=Reading(str.upper, key="name"))
    late = graphene.Field(lambda: Thing, required=True)
    later = graphene.Field(lambda: Thing)
    things = graphene.List(graphene.NonNull(lambda: Thing))

    async def resolve_late(self: Any, info: Any) -> Any:
        info.context.seen.append(f"late {self['name']}")
        await asyncio.sleep(0)
        return self.get("late")

    async def resolve_later(self: Any, info: Any) -> Any:
        info.context.seen.append(f"later {self['name']}")
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        return self.get("later")


class Query(graphene.ObjectType):
    thing = graphene.Field(Thing)
    waiting = graphene.String()

    def resolve_thing(self: Any, info: Any) -> Any:
        return info.context.thing

    async def resolve_waiting(self: Any, info: Any) -> str:
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            info.context.seen.append("cancelled")
            raise
        return "never"


class Mutation(graphene.ObjectType):
    do = graphene.Field(graphene.NonNull(Thing), what=graphene.String(required=True))
    undo = graphene.Field(Thing, what=graphene.String(required=True))

    async def resolve_do(self: Any, info: Any, what: str) -> Any:
        info.context.seen.append(f"begin {what}")
        await asyncio.sleep(0)
        info.context.seen.append(f"end {what}")
        return None if what == "nothing" else {"name": what, "late": {"name": f"late {what}"}}

    resolve_undo = resolve_do


@pytest.fixture(scope="session")
def small() -> GraphQLSchema:
    return graphene.Schema(query=Query, mutation=Mutation).graphql_schema
