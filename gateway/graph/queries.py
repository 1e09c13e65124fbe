"""Queries: a question to the hub in one line, from its form and the type of its answer."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from contracts.browsing import Browsed
from gateway.graph.inputs import Form, arguments_of, ask, call_of, says, taken
from gateway.graph.loading import Asked, Counts, list_key
from gateway.graph.relay import NodeType, connection, load_node, named
from gateway.protocol.calling import calls


def listed(form: Form, kind: Any) -> graphene.Field:
    """A list in pages, as Relay's connections have it; the form is a Page. `kind` is a type or the name of a node's."""

    @calls
    async def resolve(_root: Any, info: GraphQLResolveInfo, **given: Any) -> dict[str, Any]:
        return await page_of(info, form, given)

    return graphene.Field(
        lambda: connection(named(kind)),
        resolver=resolve,
        description=says(form),
        args=arguments_of(form),
    )


async def page_of(info: GraphQLResolveInfo, form: Form, given: dict[str, Any]) -> dict[str, Any]:
    """A page of a list as its connection: it knows where it began and of which list it is a page."""
    counted = (Counts, list_key(*call_of(form), taken(form, given))) if issubclass(form, Browsed) else ()
    return {**await ask(info, form, given), "asked": Asked(given.get("after"), *counted)}


def answered(form: Form, kind: Any) -> graphene.Field:
    """The answer of the service as it is; a list of things is `[Thing]`."""

    @calls
    async def resolve(_root: Any, info: GraphQLResolveInfo, **given: Any) -> Any:
        return await ask(info, form, given)

    shown = graphene.List(graphene.NonNull(kind[0])) if isinstance(kind, list) else kind
    return graphene.Field(shown, resolver=resolve, description=says(form), args=arguments_of(form))


def one(kind: type[NodeType], description: str) -> graphene.Field:
    """A node of one type by its id; nothing where there is none or the viewer may not know of it."""

    @calls
    async def resolve(_root: Any, info: GraphQLResolveInfo, id: str) -> dict[str, Any] | None:  # noqa: A002
        return await load_node(info, id, kind)

    id_ = graphene.ID(required=True, description=f"Its id. Node: {kind._meta.name}.")
    return graphene.Field(kind, id=id_, resolver=resolve, description=description)
