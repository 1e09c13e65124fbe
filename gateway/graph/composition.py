"""Composition of the graph: types and root fields of the families become one schema, in which no name stands twice."""

from __future__ import annotations

from collections.abc import Iterator
from inspect import isfunction
from typing import Any

import graphene
from graphene.types.schema import TypeMap
from graphene.types.structures import Structure
from graphql import GraphQLSchema

from contracts.once import SaidTwice, all_once, where


def compose(**roots: type[graphene.ObjectType]) -> GraphQLSchema:
    """The schema of the root types `query`, `mutation` and `subscription`.

    Raises SaidTwice where two families bring one root field, and TypeError where two types have one GraphQL name.
    graphene by itself keeps the first of two types and never mentions the second, whose fields then cannot be read.
    """
    for root in roots.values():
        all_once(_brought(root))
    types = _Types(**roots)
    return GraphQLSchema(types.query, types.mutation, types.subscription, types.types)


def _brought(root: type[graphene.ObjectType]) -> Iterator[tuple[str, str]]:
    for family in root.__mro__:
        for name in vars(family):
            if not name.startswith("_"):
                yield name, f"{where(family)}.{name}"


class _Types(TypeMap):
    """graphene's types by name, each brought by one class."""

    def __init__(self, **roots: type[graphene.ObjectType]) -> None:
        self._brought: dict[str, Any] = {}
        super().__init__(**roots)

    def add_type(self, graphene_type: Any) -> Any:
        brought = graphene_type() if isfunction(graphene_type) else graphene_type
        if not isinstance(brought, Structure):
            self._note(brought)
        return super().add_type(brought)

    def _note(self, brought: Any) -> None:
        first = self._brought.setdefault(brought._meta.name, brought)
        if first is not brought:
            places = f"in {_place(first)} and in {_place(brought)}"
            raise SaidTwice(f"GraphQL type {brought._meta.name!r} stands twice: {places}")


def _place(brought: Any) -> str:
    return where(getattr(brought._meta, "enum", brought))
