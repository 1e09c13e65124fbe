"""Relations: a thing that belongs to another, in one word: the field, how it is loaded for many at once, the resolver.

Another family's node is named, not imported, so that families may point at each other. A resolver gives what the parent
brings along, or the loader's own future: no coroutine runs for each row.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from contracts.browsing import Browsed, Stretch
from gateway.executing.reading import Brought
from gateway.graph.inputs import Form, arguments_of, call_of, fields_of, form_within
from gateway.graph.loading import by_question, by_whole, first_by_whole
from gateway.graph.names import snake
from gateway.graph.relay import LOADERS, NODES, connection, named
from gateway.protocol.calling import calls

FIRST = 20
"""How many items a page has by default."""


def related(node: str, description: str, *, required: bool = False, by: str | None = None) -> graphene.Field:
    """The node whose id the parent holds under `<field>_id` (or `by`), if it holds one; a service may send it along."""

    def fetch(parent: dict[str, Any], info: GraphQLResolveInfo) -> Any:
        id_ = parent[by or f"{snake(info.field_name)}_id"]
        return info.context.loader(LOADERS[node]).load(id_) if id_ else None

    resolver = calls(Brought(fetch))
    return graphene.Field(lambda: NODES[node], required=required, resolver=resolver, description=description)


def related_many(node: str, description: str, *, by: str, nullable: bool = False) -> graphene.Field:
    """The nodes whose ids the parent holds under `by`; `nullable` where the viewer may not see some of them."""

    @calls
    async def resolve(parent: dict[str, Any], info: GraphQLResolveInfo) -> Any:
        found = await info.context.loader(LOADERS[node]).load_many(parent[by])
        return found if nullable else [each for each in found if each is not None]

    def each() -> Any:
        return NODES[node] if nullable else graphene.NonNull(NODES[node])

    return graphene.Field(graphene.List(each), required=True, resolver=resolve, description=description)


def parts(form: Form, kind: Any, description: str) -> graphene.Field:
    """All parts of a whole; the form has one field, the ids of wholes, as `track_ids`, and each part holds `track_id`."""
    loader = by_whole(*call_of(form), _whole(form))

    @calls
    def resolve(parent: dict[str, Any], info: GraphQLResolveInfo) -> Any:
        return info.context.loader(loader).load(parent["id"])

    return graphene.Field(
        graphene.List(lambda: graphene.NonNull(named(kind))), required=True, resolver=resolve, description=description
    )


def part(form: Form, kind: Any, description: str) -> graphene.Field:
    """The one part of a whole, if there is one; else as `parts`."""
    loader = by_whole(*call_of(form), _whole(form))

    @calls
    async def resolve(parent: dict[str, Any], info: GraphQLResolveInfo) -> Any:
        found = await info.context.loader(loader).load(parent["id"])
        return found[0] if found else None

    return graphene.Field(lambda: named(kind), resolver=resolve, description=description)


def paged_parts(form: Form, kind: Any, description: str) -> graphene.Field:
    """Many parts of a whole in pages, those of many wholes in one call; the form is Browsed, with the wholes beside."""
    loader = first_by_whole(*call_of(form), _whole(form))

    @calls
    def resolve(parent: dict[str, Any], info: GraphQLResolveInfo, **given: Any) -> Any:
        stretch = Stretch(**given)
        if not stretch.size:
            stretch = replace(stretch, last=FIRST) if stretch.backwards else replace(stretch, first=FIRST)
        return info.context.loader(loader).load((parent["id"], stretch))

    return graphene.Field(
        lambda: connection(named(kind)),
        required=True,
        resolver=resolve,
        description=description,
        args=arguments_of(Browsed),
    )


def asked(form: Form, kind: Any, description: str) -> graphene.Field:
    """What the service answers about a thing, about many things in one call.

    The form takes a list of questions, `asked`; each has the thing's id first, and the rest as arguments.
    """
    question = form_within(fields_of(form)["asked"].inner)  # type: ignore[attr-defined]  # a listing of nested forms
    thing = next(iter(fields_of(question)))
    others = {name: argument for name, argument in arguments_of(question).items() if name != thing.removesuffix("_id")}
    loader = by_question(*call_of(form))

    @calls
    def resolve(parent: dict[str, Any], info: GraphQLResolveInfo, **given: Any) -> Any:
        return info.context.loader(loader).load(((thing, parent["id"]), *given.items()))

    return graphene.Field(kind, resolver=resolve, description=description, args=others)


def _whole(form: Form) -> str:
    """What each part names its whole by."""
    [ids] = [name for name in fields_of(form) if name not in fields_of(Browsed)]
    return ids.removesuffix("s")
