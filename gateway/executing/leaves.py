"""Leaves: which values of a service are shown as they are; all others go through the serializer of their type."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from functools import cache
from typing import Any, cast

from graphene.types.definitions import GrapheneEnumType
from graphql import (
    GRAPHQL_MAX_INT,
    GRAPHQL_MIN_INT,
    GraphQLBoolean,
    GraphQLFloat,
    GraphQLID,
    GraphQLInt,
    GraphQLLeafType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLString,
)

from gateway.executing.run import Place, Run
from gateway.executing.writing import Known
from gateway.protocol.cost import fields_in

PLAIN: dict[Any, type[Any]] = {GraphQLString: str, GraphQLID: str, GraphQLBoolean: bool}
LOOKED_AT: dict[Any, str] = {
    GraphQLInt: f"v.__class__ is int and {GRAPHQL_MIN_INT} <= v <= {GRAPHQL_MAX_INT}",
    GraphQLFloat: "v.__class__ is float and isfinite(v)",
}


class Never:
    """A class that no value has."""


def plain(kind: Any) -> type[Any]:
    """The class of the values that a type shows as they are; a scalar of ours says so as `shown_as_it_is`."""
    ours = getattr(kind, "graphene_type", None)
    return PLAIN.get(kind) or cast(type[Any], getattr(ours, "shown_as_it_is", Never))


def expected(kind: Any) -> str | None:
    """The condition on a value `v` under which it is shown as it is: of a scalar, or of a list of scalars."""
    if isinstance(kind, GraphQLList):
        item = plain(kind.of_type.of_type if isinstance(kind.of_type, GraphQLNonNull) else kind.of_type)
        return None if item is Never else f"v.__class__ is list and {{*map(type, v)}} == {{{item.__name__}}}"
    found = plain(kind)
    return LOOKED_AT.get(kind) if found is Never else f"v.__class__ is {found.__name__}"


@cache
def known(kind: Any) -> Known | None:
    """Of an enum of ours: what it shows for the text of each of its values and names."""
    if not isinstance(kind, GrapheneEnumType):
        return None
    texts = [text for each in kind.values.values() for text in _texts(each.value)]
    return {text: kind.serialize(text) for text in texts}.get


def _texts(value: Any) -> list[str]:
    texts = (value.value, value.name) if isinstance(value, Enum) else (value,)
    return [str(text) for text in texts if isinstance(text, str)]


def complete_leaf(kind: GraphQLLeafType) -> Callable[[Any, Run, Place], Any]:
    """As its type serializes it; what a document holds counts as fields too."""

    def complete(value: Any, run: Run, _place: Place) -> Any:
        shown = run.complete_leaf_value(kind, value)
        if isinstance(shown, dict | list):
            run.fields += fields_in(shown)
        return shown

    return complete
