"""No field below the root asks a service once a row; and each that asks one says so, which is what its price is made from.

Every field of every type is resolved by the schema's own resolvers, for one row and for several, over services that count.
"""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from graphene.types.resolver import dict_or_attr_resolver
from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    execute,
    get_named_type,
    is_leaf_type,
    parse,
)

from gateway.context import Context
from gateway.graph.loading import Asked, numbers_by_whole
from gateway.graph.names import snake
from gateway.protocol.calling import calls, does_call
from gateway.rpc import Rpc
from gateway.schema import graphql_schema
from gateway.viewer import Identity
from kit.context import Context as CallContext
from kit.ids import new_id
from kit.viewer import Viewer
from kit.wire.request import Payload, Request

ROWS = 3
VALUES = {"Date": "2026-03-02", "DateTime": "2026-03-02T08:00:00+08:00", "Int": 2, "Boolean": True}
NOT_BELOW = ("Query", "Mutation", "Subscription")
FIGURES = ("place", "total", "done", "first", "year")


@dataclass(frozen=True)
class Place:
    """One field of one type."""

    kind: GraphQLObjectType
    name: str
    field: GraphQLField

    def __str__(self) -> str:
        return f"{self.kind.name}.{self.name}"


def places() -> Iterator[Place]:
    """Every field below the root that does more than show what its parent holds."""
    for kind in graphql_schema().type_map.values():
        if isinstance(kind, GraphQLObjectType) and not kind.name.startswith("__") and kind.name not in NOT_BELOW:
            yield from (Place(kind, name, field) for name, field in kind.fields.items() if _own(field))


def _own(field: GraphQLField) -> bool:
    return getattr(field.resolve, "func", None) is not dict_or_attr_resolver


class Part(str):
    """What a row holds under a name: a text such as an id or, for who looks into it, a row."""

    __slots__ = ()

    def get(self, key: str) -> Part:
        return Part(new_id())


class Row(dict[str, Any]):
    """A row of any type as its service would send it: every key that is asked for is there, but `absent`."""

    def __init__(self, absent: str = "", **known: Any) -> None:
        super().__init__(
            {
                "id": new_id(),
                "subject_type": "alliance",
                "scope_type": "alliance",
                "leads_to": "institution",
                "asked": Asked(None, numbers_by_whole("alliances", "first_members", "alliance_id"), new_id()),
                **known,
            }
        )
        self._absent = absent

    def __missing__(self, key: str) -> Any:
        if key == self._absent:
            raise KeyError(key)
        many = key.endswith("_ids") or key in ("problems", "nodes")
        self[key] = (
            [new_id(), new_id()] if key.endswith("_ids") else [] if many else 1 if key in FIGURES else Part(new_id())
        )
        return self[key]

    def get(self, key: str, default: Any = None) -> Any:
        return default if key == self._absent else self[key]


class Counting:
    """Services that have everything that they are asked for, and count the questions."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def send(self, service: str, request: Request) -> Payload:
        await asyncio.sleep(0)
        if request.method == "batch":
            each = request.arguments["calls"]
            found = [self._found(service, call["method"], call["arguments"]) for call in each]
            return {"result": [{"result": one, "error": None} for one in found], "error": None}
        return {"result": self._found(service, request.method, request.arguments), "error": None}

    def _found(self, service: str, method: str, arguments: dict[str, Any]) -> Any:
        self.asked.append(f"{service}.{method}")
        if "asked" in arguments:
            return [{"answer": Row(), "problems": []} for _ in arguments["asked"]]
        for name, values in arguments.items():
            if isinstance(values, list):
                return [Row(**{"id" if name == "ids" else name.removesuffix("s"): value}) for value in values]
        return {"nodes": [Row()], "cursors": ["c"], "has_next": False}


def asked_for(place: Place, rows: int) -> list[str]:
    """What the services are asked when this field is shown for so many rows."""
    return asyncio.run(_resolved(place, rows))


async def _resolved(place: Place, rows: int) -> list[str]:
    services, field = Counting(), place.field
    shown = [Identity(new_id()) if place.kind.name == "Viewer" else Row(snake(place.name)) for _ in range(rows)]
    query = GraphQLObjectType("Query", {"rows": GraphQLField(GraphQLList(place.kind), resolve=lambda *_: shown)})
    given = ", ".join(f"{name}: {_literal(name, argument.type)}" for name, argument in field.args.items())
    below = "" if is_leaf_type(get_named_type(field.type)) else " { __typename }"
    document = f"{{ rows {{ {place.name}{f'({given})' if given else ''}{below} }} }}"
    caller = CallContext(Viewer("ann"), "en", "")
    context = Context(Identity("ann"), "en", Rpc(services, caller, 5), None, "")  # type: ignore[arg-type]  # nobody listens
    found = execute(GraphQLSchema(query, types=_implementing(field)), parse(document), None, context)
    if inspect.isawaitable(found):
        await found
    return services.asked


def _implementing(field: GraphQLField) -> list[GraphQLObjectType]:
    """What an interface may turn out to be."""
    shown = get_named_type(field.type)
    if not isinstance(shown, GraphQLInterfaceType):
        return []
    return list(graphql_schema().get_implementations(shown).objects)


def _literal(name: str, kind: Any) -> str:
    inner = kind.of_type if isinstance(kind, GraphQLNonNull) else kind
    if isinstance(inner, GraphQLList):
        return f"[{_literal(name, inner.of_type)}]"
    if isinstance(inner, GraphQLEnumType):
        return next(iter(inner.values))
    value = VALUES.get(inner.name, "c")
    return str(value).lower() if isinstance(value, bool | int) else f'"{value}"'


def test_no_field_asks_more_for_several_rows_than_for_one() -> None:
    more = {}
    for place in places():
        one, several = asked_for(place, 1), asked_for(place, ROWS)
        if len(several) > len(one):
            more[str(place)] = several

    assert more == {}


def test_each_field_that_asks_a_service_says_so_and_no_other() -> None:
    asking = {str(place) for place in places() if asked_for(place, 1)}

    assert asking == {str(place) for place in places() if does_call(place.field)}
    assert asking >= {str(place) for place in places() if inspect.iscoroutinefunction(place.field.resolve)}
    assert {
        "Membership.statusOn",
        "Alliance.members",
        "Notice.about",
        "Viewer.grants",
    } <= asking  # a resolver that fails before it asks would not be seen


def test_each_field_of_the_root_asks_a_service_or_shows_who_is_asking() -> None:
    schema = graphql_schema()
    roots = [kind.fields for kind in (schema.query_type, schema.mutation_type, schema.subscription_type) if kind]

    assert [name for root in roots for name, field in root.items() if not does_call(field)] == ["viewer"]


def test_a_field_that_asks_once_a_row_is_seen() -> None:
    @calls
    async def resolve(parent: Row, info: Any) -> Any:
        return await info.context.rpc.query("alliances", "thing", id=parent["id"])

    organization = graphql_schema().type_map["Organization"]
    field = GraphQLField(organization, resolve=resolve)
    kind = GraphQLObjectType("Careless", {"thing": field})

    assert len(asked_for(Place(kind, "thing", field), ROWS)) == ROWS
