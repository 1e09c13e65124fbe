"""Walking: every field that the schema lets somebody ask for, with every argument that is known, as documents to send.

It reads the schema, so that a field which is added tomorrow is asked for tomorrow.
"""

from __future__ import annotations

import itertools
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
QUERY = "Query"


@dataclass
class Pool:
    """What is known to fill arguments with (ids by type, codes), what type stands at which field of a type, and of which types
    an argument takes no id.
    """

    ids: defaultdict[str, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))
    codes: tuple[str, ...] = ()
    standing: set[tuple[str, str, str]] = field(default_factory=set)
    unwanted: set[tuple[str, str, str]] = field(default_factory=set)

    @property
    def known(self) -> int:
        """How much: it grows with every id and every standing that an answer is the first to show."""
        return sum(map(len, self.ids.values())) + len(self.standing)

    def learn(self, answer: dict[str, Any]) -> None:
        """Take up the ids that an answer shows, and where its types stand."""
        self.standing.update(_standing(answer.get("data"), "", "", QUERY))
        for text in _texts(answer):
            if (type_name := _type_of(text)) in LOADERS:
                self.ids[type_name].setdefault(text)

    def learn_unwanted(self, asked: str, argument: str, given: Any) -> None:
        """An argument of a field of Query refused this id for its type; nothing is asked with another of that type."""
        if isinstance(given, str):
            self.unwanted.add((asked, argument, _type_of(given)))

    def takes(self, asked: str, argument: str, value: Any) -> bool:
        return not isinstance(value, str) or (asked, argument, _type_of(value)) not in self.unwanted

    def ids_for(self, argument: str, answers: str) -> list[str]:
        """Some ids of each type that an argument of this name can mean, or of every type where nothing fits.

        An argument that is just called `id` means the type that the field `answers` with. They are those that were known first:
        what was asked once is not asked again for an id that came to be known later.
        """
        word = (answers if argument in ("id", "ids") else argument.removesuffix("Id").removesuffix("Ids")).lower()
        fitting = [name for name in self.ids if word in name.lower() or name.lower() in word]
        return [id_ for name in sorted(fitting or self.ids) for id_ in itertools.islice(self.ids[name], ENOUGH)]


def documents(schema: GraphQLSchema, pool: Pool, depth: int) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Name, document and variables for each way to ask for each field of Query; few documents, many variables.

    Where any of several types may stand, one that has been seen there is asked for whole, and of others their ids: who asks
    again with what the answers have shown leaves nothing out.
    """
    assert schema.query_type
    for name, asked in sorted(schema.query_type.fields.items()):
        written: dict[tuple[str, ...], Document] = {}
        for given in _ways(name, asked, pool):
            key = (*given, from_global_id(given["id"])[0]) if name == "node" else tuple(given)
            if key not in written:
                written[key] = Document(schema, pool)
                written[key].write(name, given, asked, depth)
            yield name, written[key].text, given | written[key].variables


def _ways(field_: str, asked: GraphQLField, pool: Pool) -> list[dict[str, Any]]:
    """Arguments to ask with: the required ones in every way, and each optional one beside them in every way."""
    answers = get_named_type(asked.type).name
    required = [name for name, each in asked.args.items() if is_required_argument(each)]
    page = {name: value for name, value in _PAGE.items() if name in asked.args}
    values = {
        name: [value for value in _values(name, each.type, pool, answers) if pool.takes(field_, name, value)]
        for name, each in asked.args.items()
        if name not in _PAGE
    }
    chosen = itertools.product(*(values[name] for name in required))
    bases = [dict(zip(required, each, strict=True)) | page for each in chosen]
    more = [base | {name: value} for base in bases for name in values if name not in required for value in values[name]]
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


class Document:
    """One field of Query, with all that can be selected of what it answers with.

    What its fields within are given are variables too: the text stays when more comes to be known, and is read once.
    """

    def __init__(self, schema: GraphQLSchema, pool: Pool) -> None:
        self._schema, self._pool = schema, pool
        self._declared: dict[str, str] = {}
        self.variables: dict[str, Any] = {}
        self.text = ""

    def write(self, name: str, given: dict[str, Any], asked: GraphQLField, depth: int) -> None:
        selection = self._asked_of(name, given, asked, depth)
        passed = ", ".join(f"{each}: ${each}" for each in given)
        call = f"{name}({passed})" if given else name
        declared = {each: str(asked.args[each].type) for each in given} | self._declared
        variables = ", ".join(f"${each}: {type_}" for each, type_ in declared.items())
        self.text = f"query({variables}) {{ {call}{selection} }}" if declared else f"{{ {call}{selection} }}"

    def _asked_of(self, name: str, given: dict[str, Any], asked: GraphQLField, depth: int) -> str:
        """All that is asked of an answer: of `node` all of the type that its id names."""
        if name != "node":
            return self._selection(get_named_type(asked.type), depth, (QUERY,), name)
        type_name, _ = from_global_id(given["id"])
        whole = self._selection(self._schema.type_map[type_name], depth, (QUERY,), name)
        return f" {{ __typename ... on {type_name}{whole} }}"

    def _selection(self, type_: Any, depth: int, above: tuple[str, ...], place: str) -> str:
        """All that can be selected of what stands at a place of the last type above, a type within itself left out."""
        if is_leaf_type(type_):
            return ""
        if not isinstance(type_, GraphQLInterfaceType | GraphQLUnionType):
            return f" {{ __typename {self._fields(type_, depth, above)} }}"
        own = self._fields(type_, 0, above) if isinstance(type_, GraphQLInterfaceType) else ""
        seen = [
            each
            for each in self._schema.get_possible_types(type_)
            if each.name not in above and (above[-1], place, each.name) in self._pool.standing
        ]
        parts = [f"... on {each.name} {{ {self._fields(each, min(depth, 1), above, each.name)} }}" for each in seen]
        return f" {{ __typename {own} {' '.join(parts)} }}"

    def _fields(
        self, type_: GraphQLObjectType | GraphQLInterfaceType, depth: int, above: tuple[str, ...], alias: str = ""
    ) -> str:
        written = []
        for name, each in type_.fields.items():
            inner = get_named_type(each.type)
            if not is_leaf_type(inner) and (depth <= 0 or inner.name in above):
                continue
            required = {key: arg for key, arg in each.args.items() if is_required_argument(arg)}
            values = {key: _values(key, arg.type, self._pool, inner.name) for key, arg in required.items()}
            if not all(values.values()):
                continue
            passed = [f"{key}: {value}" for key, value in _PAGE.items() if key in each.args]
            for key, arg in required.items():
                variable = f"{type_.name}_{name}_{key}"
                self._declared[variable], self.variables[variable] = str(arg.type), values[key][0]
                passed.append(f"{key}: ${variable}")
            deeper = depth - (0 if inner.name.endswith(("Connection", "Edge")) else 1)
            selection = self._selection(inner, deeper, (*above, type_.name), name)
            arguments = f"({', '.join(passed)})" if passed else ""
            written.append(f"{f'{alias}_{name}: ' if alias else ''}{name}{arguments}{selection}")
        return " ".join(written)


def _standing(value: Any, type_: str, field_: str, name: str = "") -> Iterator[tuple[str, str, str]]:
    """Of every object in an answer: the type above it, the field of that type, and its own type."""
    if isinstance(value, list):
        for each in value:
            yield from _standing(each, type_, field_)
    elif isinstance(value, dict):
        own = name or value.get("__typename", "")
        yield type_, field_, own
        for key, each in value.items():
            yield from _standing(each, own, key.removeprefix(f"{own}_"))


def _type_of(text: str) -> str:
    try:
        return from_global_id(text)[0]
    except ValueError:
        return ""


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)
    elif isinstance(value, str):
        yield value
