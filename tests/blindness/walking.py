"""Walking: every field that the schema lets somebody ask for, with every argument that is known, as documents to send.

It reads the schema, so that a field which is added tomorrow is asked for tomorrow.
"""

from __future__ import annotations

import itertools
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    get_named_type,
    is_leaf_type,
    is_list_type,
    is_non_null_type,
    is_required_argument,
)

from gateway.graph.relay import LOADERS, from_global_id

ENOUGH = 2
"""Ids of one type, of many: what one shows the others show."""
MOST_WAYS = 100
"""To ask for one field."""


@dataclass
class Pool:
    """What is known to fill arguments with: ids by type, codes, and whatever answers have shown."""

    ids: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    codes: tuple[str, ...] = ()

    def learn(self, answer: Any) -> int:
        """Take up the ids that an answer shows; how many were new."""
        before = sum(map(len, self.ids.values()))
        for text in _texts(answer):
            try:
                type_name, _ = from_global_id(text)
            except ValueError:
                continue
            if type_name in LOADERS:
                self.ids[type_name].add(text)
        return sum(map(len, self.ids.values())) - before

    def ids_for(self, argument: str, answers: str) -> list[str]:
        """Some ids of each type that an argument of this name can mean, or of every type where nothing fits.

        An argument that is just called `id` means the type that the field `answers` with.
        """
        word = (answers if argument in ("id", "ids") else argument.removesuffix("Id").removesuffix("Ids")).lower()
        fitting = [name for name in self.ids if word in name.lower() or name.lower() in word]
        return [id_ for name in sorted(fitting or self.ids) for id_ in sorted(self.ids[name])[:ENOUGH]]


def documents(schema: GraphQLSchema, pool: Pool, depth: int) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Name, document and variables for each way to ask for each field of Query; few documents, many variables."""
    assert schema.query_type
    for name, asked in sorted(schema.query_type.fields.items()):
        written: dict[tuple[str, ...], str] = {}
        for given in _ways(asked, pool):
            key = (*given, from_global_id(given["id"])[0]) if name == "node" else tuple(given)
            if key not in written:
                declared = ", ".join(f"${each}: {asked.args[each].type}" for each in given)
                passed = ", ".join(f"{each}: ${each}" for each in given)
                selection = _asked_of(schema, name, given, asked, pool, depth)
                call = f"{name}({passed})" if given else name
                written[key] = f"query({declared}) {{ {call}{selection} }}" if given else f"{{ {call}{selection} }}"
            yield name, written[key], given


def _ways(asked: GraphQLField, pool: Pool) -> list[dict[str, Any]]:
    """Arguments to ask with: the required ones in every way, and each optional one beside them in every way."""
    answers = get_named_type(asked.type).name
    required = {name: each for name, each in asked.args.items() if is_required_argument(each)}
    optional = {name: each for name, each in asked.args.items() if name not in required and name not in _PAGE}
    page = {name: value for name, value in _PAGE.items() if name in asked.args}
    values = {name: _values(name, each.type, pool, answers) for name, each in required.items()}
    bases = [dict(zip(values, chosen, strict=True)) | page for chosen in itertools.product(*values.values())]
    more = [
        base | {name: value}
        for base in bases
        for name, each in optional.items()
        for value in _values(name, each.type, pool, answers)
    ]
    return [*bases, *more][:MOST_WAYS]


_PAGE = {"first": 100}


def _values(name: str, type_: Any, pool: Pool, answers: str) -> list[Any]:
    """Values of one argument, as JSON has them."""
    if is_non_null_type(type_):
        return _values(name, type_.of_type, pool, answers)
    if is_list_type(type_):
        inner = _values(name, type_.of_type, pool, answers)
        return [inner[:50]] if inner else []
    if isinstance(type_, GraphQLEnumType):
        return list(type_.values)
    if isinstance(type_, GraphQLInputObjectType):
        fields = {key: _values(key, each.type, pool, answers)[:1] for key, each in type_.fields.items()}
        return [{key: values[0] for key, values in fields.items() if values}]
    plain: dict[str, list[Any]] = {
        "ID": pool.ids_for(name, answers),
        "String": list(pool.codes),
        "Int": [1],
        "Boolean": [True, False],
        "Float": [1],
        "Date": [date(2026, 4, 10).isoformat()],
        "DateTime": ["2026-04-10T00:00:00+00:00"],
    }
    return plain.get(type_.name, ["1"])


def _asked_of(
    schema: GraphQLSchema, name: str, given: dict[str, Any], asked: GraphQLField, pool: Pool, depth: int
) -> str:
    """All that is asked of an answer: of `node` all of the type that its id names."""
    if name != "node":
        return _selection(schema, get_named_type(asked.type), pool, depth, ())
    type_name, _ = from_global_id(given["id"])
    return f" {{ __typename ... on {type_name}{_selection(schema, schema.type_map[type_name], pool, depth, ())} }}"


def _selection(schema: GraphQLSchema, type_: Any, pool: Pool, depth: int, above: tuple[str, ...]) -> str:
    """All that can be selected of a type, a type within itself left out."""
    if is_leaf_type(type_):
        return ""
    if isinstance(type_, GraphQLInterfaceType | GraphQLUnionType):
        possible = schema.get_possible_types(type_)
        parts = [_fragment(schema, each, pool, min(depth, 1), above) for each in possible if each.name not in above]
        return f" {{ __typename {' '.join(parts)} }}"
    return f" {{ __typename {_fields(schema, type_, pool, depth, above)} }}"


def _fragment(schema: GraphQLSchema, type_: GraphQLObjectType, pool: Pool, depth: int, above: tuple[str, ...]) -> str:
    return f"... on {type_.name} {{ __typename {_fields(schema, type_, pool, depth, above, prefix=f'{type_.name}_')} }}"


def _fields(
    schema: GraphQLSchema,
    type_: GraphQLObjectType,
    pool: Pool,
    depth: int,
    above: tuple[str, ...],
    prefix: str = "",
) -> str:
    written = []
    for name, each in type_.fields.items():
        inner = get_named_type(each.type)
        if not is_leaf_type(inner) and (depth <= 0 or inner.name in above):
            continue
        required = {
            key: _values(key, arg.type, pool, inner.name) for key, arg in each.args.items() if is_required_argument(arg)
        }
        if not all(required.values()):
            continue
        given = {key: values[0] for key, values in required.items()} | {
            key: value for key, value in _PAGE.items() if key in each.args
        }
        deeper = depth - (0 if inner.name.endswith(("Connection", "Edge")) else 1)
        selection = _selection(schema, inner, pool, deeper, (*above, type_.name))
        alias = f"{prefix}{name}: " if prefix else ""
        written.append(f"{alias}{name}{_written(given)}{selection}")
    return " ".join(written)


def _written(given: dict[str, Any]) -> str:
    """Arguments as a document has them; enums are not among the required ones of nested fields."""
    return f"({', '.join(f'{name}: {json.dumps(value)}' for name, value in given.items())})" if given else ""


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)
    elif isinstance(value, str):
        yield value
