"""Anything: documents over the whole graph, made by chance, and services that answer them well, wrongly or not at all.

A number decides everything, so that two executions of one document meet the same services.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from random import Random
from typing import Any

import orjson
from graphene.types.resolver import dict_or_attr_resolver
from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_abstract_type,
    is_leaf_type,
    is_required_argument,
    is_required_input_field,
)

from gateway.graph.names import snake
from gateway.graph.relay import NODES, to_global_id
from gateway.schema import graphql_schema
from kit.wire.request import Payload, Request

ROWS, DEPTH, MOST_FIELDS = 4, 4, 5
WRONG: list[Any] = [None, None, None, "?", "", 7, 2**40, -1.5, True, [], ["x", None], {}, [[]], {"a": {"b": 1}}]
WHEN = "2026-03-02T08:00:00.000000+00:00"
RIGHT: dict[str, list[Any]] = {
    "String": ["天", "text", "alliance", "province", "310000"],
    "ID": ["0192f0c1-7a5b-7000-8000-000000000001", "310000"],
    "Int": [0, 3, 2**31 - 1],
    "Float": [1.5, 2, -0.0],
    "Boolean": [True, False],
    "DateTime": [WHEN],
    "Date": ["2026-03-02"],
    "Points": ["8.5"],
    "Document": [{"a": [1, {"b": None}]}, [1], "text"],
}
AS_IT_IS = ("Document", "Points")
TEXTS = ["", "text", "310000", "2026-03-02"]
CONDITIONS = ["true", "false", "$yes", "$no", "$perhaps"]
REFUSAL = {"code": "NOT_FOUND", "field": "id", "params": {}}
FAILURES = [{"kind": "unavailable", "value": "away"}, {"kind": "fault", "value": "1"}]


@cache
def schema_of_anything() -> GraphQLSchema:
    """The hub's schema, whose root also shows some rows of every type, as `someAlliance`, and one that must be there."""
    own = graphql_schema()
    fields = dict(own.query_type.fields) if own.query_type else {}
    for kind in own.type_map.values():
        if isinstance(kind, GraphQLObjectType) and not kind.name.startswith("__"):
            some = GraphQLList(kind)
            fields[f"some{kind.name}"] = GraphQLField(some, resolve=lambda _, info: info.context.rpc.wire.rows)
            one = GraphQLNonNull(kind)
            fields[f"one{kind.name}"] = GraphQLField(one, resolve=lambda _, info: info.context.rpc.wire.rows[0])
    return GraphQLSchema(GraphQLObjectType("Anything", fields), own.mutation_type)


class Anybody:
    """A wire to services that have rows of every type at once; `wrong` is how much of what they hold is not as it should be."""

    def __init__(self, seed: int, wrong: float) -> None:
        self._seed, self._wrong = seed, wrong
        self.rows: list[Any] = [{} for _ in range(ROWS)]
        random = Random(seed)
        for row in self.rows:
            self._fill(row, random)

    async def send(self, service: str, request: Request) -> Payload:
        if request.method == "batch":
            calls = request.arguments["calls"]
            return {"result": [self._answer(service, c["method"], c["arguments"]) for c in calls], "error": None}
        return self._answer(service, request.method, request.arguments)

    def _answer(self, service: str, method: str, arguments: dict[str, Any]) -> Payload:
        part, values = _by_key(arguments)
        random = self._random(service, method, part or arguments)
        chance = random.random()
        if chance < self._wrong / 4:
            return {"result": None, "error": {"kind": "refusal", "problems": [REFUSAL]}}
        if chance < self._wrong / 2:
            return {"result": None, "error": random.choice(FAILURES)}
        if part is None:
            return {"result": self._result(method, arguments, random), "error": None}
        found = [(key, self._random(service, method, key)) for key in values]
        kept = [(key, its) for key, its in found if its.random() > self._wrong / 2]
        return {"result": [{**self._row(its), part: key} for key, its in kept], "error": None}

    def _random(self, *of: Any) -> Random:
        return Random(orjson.dumps([self._seed, *of], option=orjson.OPT_SORT_KEYS))

    def _result(self, method: str, arguments: dict[str, Any], random: Random) -> Any:
        if "asked" in arguments:
            problems = [[REFUSAL], [], [], []]
            return [{"answer": self._row(random), "problems": random.choice(problems)} for _ in arguments["asked"]]
        field = _root_field(method)
        if field is not None and get_named_type(field.type).name in AS_IT_IS:
            return random.choice(RIGHT["Document"])
        many = field is not None and isinstance(field.type, GraphQLList)
        return [self._row(random) for _ in range(3)] if many else self._row(random)

    def _row(self, random: Random) -> dict[str, Any]:
        found: dict[str, Any] = random.choice(self.rows[:-1])
        return found

    def _fill(self, row: dict[str, Any], random: Random) -> None:
        for name, kinds in _names().items():
            row[name] = self._value(random.choice(kinds), random)
        number = random.randrange(4)
        row.update(
            {
                "id": f"0192f0c1-7a5b-7000-8000-{random.randrange(3):012d}",
                "__typename": random.choice(sorted(NODES)),
                "nodes": [random.choice(self.rows) for _ in range(number)],
                "cursors": [str(each) for each in range(number)],
                "has_next": True,
                "problems": [],
            }
        )
        for name in ("name_zh", "kind", "status", "region", "id", "nodes", "problems"):
            if random.random() < self._wrong / 4:
                row[name] = random.choice(WRONG)
        for name in random.sample(sorted(row), int(len(row) * self._wrong / 4)):
            del row[name]

    def _value(self, kind: Any, random: Random) -> Any:
        if random.random() < self._wrong:
            return random.choice(WRONG)
        if isinstance(kind, GraphQLNonNull):
            return self._value(kind.of_type, random)
        if isinstance(kind, GraphQLList):
            return [self._value(kind.of_type, random) for _ in range(random.randrange(3))]
        if isinstance(kind, GraphQLEnumType):
            value = random.choice(list(kind.values.values())).value
            return getattr(value, "value", value)
        return random.choice(RIGHT[kind.name]) if is_leaf_type(kind) else random.choice(self.rows)

    def overhear(self, *_: Any) -> None: ...

    def connected(self) -> bool:
        return True


def _by_key(arguments: dict[str, Any]) -> tuple[str | None, list[Any]]:
    """The keys that rows are asked for by, and what a row calls its own: each row comes alike, whatever it is asked with.

    Which keys go in one call is a matter of when each is known, and a plan knows some of them earlier.
    """
    for name, values in arguments.items():
        if name != "asked" and isinstance(values, list) and values and name.endswith("s"):
            return "id" if name == "ids" else name.removesuffix("s"), values
    return None, []


def _root_field(method: str) -> GraphQLField | None:
    roots = graphql_schema().query_type
    fields = roots.fields if roots else {}
    return next((field for name, field in fields.items() if snake(name) == method), None)


@cache
def _names() -> dict[str, list[Any]]:
    """What rows of all types hold: each name with the types that it has somewhere, and the ids that relations go by."""
    names: dict[str, list[Any]] = {}
    text = graphql_schema().type_map["ID"]
    for kind in graphql_schema().type_map.values():
        for name, field in kind.fields.items() if isinstance(kind, GraphQLObjectType) else ():
            plain = getattr(field.resolve, "func", None) is dict_or_attr_resolver
            names.setdefault(field.resolve.args[0] if plain else snake(name), []).append(
                field.type if plain or is_leaf_type(get_named_type(field.type)) else text
            )
            if not plain:
                names.setdefault(f"{snake(name)}_id", []).append(text)
    return {name: _without_rows(kinds) for name, kinds in names.items()}


def _without_rows(kinds: list[Any]) -> list[Any]:
    """What shows anything as it is must never be given a row: rows hold each other."""
    return [kind for kind in kinds if get_named_type(kind).name in AS_IT_IS] or kinds


class Asking:
    """One document with everything that a document can have, and values for its variables."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._schema = schema_of_anything()
        self._fragments: list[str] = []
        self._aliases = 0
        self.variables: dict[str, Any] = {"yes": True, "no": False}
        if self._chance(0.3):
            self.variables["perhaps"] = random.choice([True, False, None])
        if self._chance(0.5):
            self.variables["first"] = random.choice([0, 1, 3, None])

    def document(self) -> str:
        mutates = self._chance(0.15)
        root = self._schema.mutation_type if mutates else self._schema.query_type
        selection = self._selection(root, DEPTH)
        head = "mutation" if mutates else "query"
        variables = "($yes: Boolean!, $no: Boolean!, $perhaps: Boolean = true, $first: Int = 2)"
        return "\n".join([f"{head} Q{variables} {selection}", *self._fragments])

    def _chance(self, share: float) -> bool:
        return self._random.random() < share

    def _selection(self, kind: Any, depth: int) -> str:
        wanted = [self._selected(kind, depth) for _ in range(self._random.randint(1, MOST_FIELDS))]
        return "{ " + " ".join(wanted) + " }"

    def _selected(self, kind: Any, depth: int) -> str:
        if depth <= 0:
            return self._field(kind, depth)
        if is_abstract_type(kind) and self._chance(0.8):
            return self._inline(self._random.choice(list(self._schema.get_possible_types(kind))), depth)
        if self._chance(0.1):
            return self._inline(kind, depth)
        if self._chance(0.1):
            self._fragments.append("")
            name = f"F{len(self._fragments)}"
            place = len(self._fragments) - 1
            self._fragments[place] = f"fragment {name} on {kind.name} {self._selection(kind, depth - 1)}"
            return f"...{name}{self._directive()} ...{name}"
        return self._field(kind, depth)

    def _inline(self, kind: Any, depth: int) -> str:
        interfaces = [each.name for each in getattr(kind, "interfaces", ())]
        name = self._random.choice([kind.name, *interfaces])
        asked = self._schema.type_map[name]
        return f"... on {name}{self._directive()} {self._selection(asked, depth - 1)}"

    def _field(self, kind: Any, depth: int) -> str:
        names = [name for name, each in kind.fields.items() if depth > 0 or is_leaf_type(get_named_type(each.type))]
        if not names or self._chance(0.05):
            return "__typename"
        name = self._random.choice(names)
        field = kind.fields[name]
        inner = get_named_type(field.type)
        below = "" if is_leaf_type(inner) else f" {self._selection(inner, depth - 1)}"
        return f"{self._alias(field)}{name}{self._arguments(field)}{self._directive()}{below}"

    def _alias(self, field: GraphQLField) -> str:
        """Fields with arguments never meet another under the same name."""
        if not field.args and self._chance(0.8):
            return ""
        self._aliases += 1
        return f"a{self._aliases}: "

    def _directive(self) -> str:
        if not self._chance(0.15):
            return ""
        return f" @{self._random.choice(['skip', 'include'])}(if: {self._random.choice(CONDITIONS)})"

    def _arguments(self, field: GraphQLField) -> str:
        given = [
            f"{name}: {self._literal(each.type)}"
            for name, each in field.args.items()
            if is_required_argument(each) or self._chance(0.3)
        ]
        return f"({', '.join(given)})" if given else ""

    def _literal(self, kind: Any) -> str:
        inner = kind.of_type if isinstance(kind, GraphQLNonNull) else kind
        if inner is kind and self._chance(0.1):
            return "null"
        if isinstance(inner, GraphQLList):
            return "[" + ", ".join(self._literal(inner.of_type) for _ in range(2)) + "]"
        if isinstance(inner, GraphQLEnumType):
            return self._random.choice(list(inner.values))
        if isinstance(inner, GraphQLInputObjectType):
            return self._object(inner)
        return self._scalar(inner.name, nullable=inner is kind)

    def _object(self, kind: GraphQLInputObjectType) -> str:
        given = [
            f"{name}: {self._literal(each.type)}"
            for name, each in kind.fields.items()
            if is_required_input_field(each) or self._chance(0.3)
        ]
        return "{" + ", ".join(given) + "}"

    def _scalar(self, name: str, *, nullable: bool) -> str:
        literals: dict[str, Callable[[], str]] = {
            "Int": lambda: "$first" if nullable and self._chance(0.5) else str(self._random.randrange(4)),
            "Float": lambda: "1.5",
            "Boolean": lambda: self._random.choice(["true", "false", "$yes"]),
            "DateTime": lambda: f'"{WHEN}"',
            "Date": lambda: '"2026-03-02"',
            "Points": lambda: '"8.5"',
            "Document": lambda: "{a: 1}",
            "ID": self._id,
            "String": lambda: f'"{self._random.choice(TEXTS)}"',
        }
        return literals[name]()

    def _id(self) -> str:
        kind = self._random.choice(sorted(NODES))
        number = self._random.randrange(3)
        return f'"{to_global_id(kind, f"0192f0c1-7a5b-7000-8000-{number:012d}")}"' if self._chance(0.9) else '"?"'
