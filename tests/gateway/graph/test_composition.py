"""The graph's composition: two families that bring one root field or one type's name are refused, with both places."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any

import graphene
import pytest

from contracts.once import SaidTwice
from gateway.graph.composition import compose


class Colour(StrEnum):
    RED = "red"


def an_object() -> Any:
    class Chair(graphene.ObjectType):
        legs = graphene.Int()

    return graphene.Field(Chair)


def an_interface() -> Any:
    class Chair(graphene.Interface):
        legs = graphene.Int()

    class Stool(graphene.ObjectType):
        class Meta:
            interfaces = (Chair,)

    return graphene.Field(Stool)


def an_enum() -> Any:
    class Chair(StrEnum):
        OAK = "oak"

    return graphene.Field(graphene.Enum.from_enum(Chair))


def an_input() -> Any:
    class Chair(graphene.InputObjectType):
        legs = graphene.Int()

    return graphene.Field(graphene.String, chair=graphene.Argument(Chair))


def a_scalar() -> Any:
    class Chair(graphene.Scalar):
        pass

    return graphene.List(graphene.NonNull(Chair))


@pytest.mark.parametrize("second", [an_object, an_interface, an_enum, an_input, a_scalar])
def test_a_second_type_of_one_name_is_refused_with_both_places(second: Callable[[], Any]) -> None:
    class Query(graphene.ObjectType):
        first = an_object()
        other = second()

    places = rf"in {__name__}\.an_object\..*Chair and in {__name__}\.{second.__name__}\..*Chair"
    with pytest.raises(TypeError, match=f"GraphQL type 'Chair' stands twice: {places}"):
        compose(query=Query)


def test_an_enum_that_two_families_make_of_the_same_values_is_refused() -> None:
    class Query(graphene.ObjectType):
        first = graphene.Field(graphene.Enum.from_enum(Colour))
        second = graphene.Field(graphene.Enum.from_enum(Colour))

    with pytest.raises(TypeError, match=rf"'Colour' stands twice: in {__name__}\.Colour and in {__name__}\.Colour"):
        compose(query=Query)


def test_a_type_in_many_places_is_one_type() -> None:
    chair = an_object()

    class Query(graphene.ObjectType):
        first = chair
        second = graphene.Field(lambda: chair.type, colour=graphene.Argument(graphene.Enum.from_enum(Colour)))
        third = graphene.List(graphene.NonNull(chair.type))

    assert sorted(name for name in compose(query=Query).type_map if not name.startswith("__")) == [
        "Boolean",
        "Chair",
        "Colour",
        "Int",
        "Query",
        "String",
    ]


class Chairs(graphene.ObjectType):
    """The root fields of a family."""

    chairs = graphene.String()

    def resolve_chairs(self: Any, _info: Any) -> str:
        return "chairs"


class Tables(graphene.ObjectType):
    tables = graphene.String()


class MoreChairs(graphene.ObjectType):
    chairs = graphene.String()


class OtherChairs(graphene.ObjectType):
    tables = graphene.String()

    def resolve_chairs(self: Any, _info: Any) -> str:
        return "other chairs"


@pytest.mark.parametrize(("family", "name"), [(MoreChairs, "chairs"), (OtherChairs, "resolve_chairs")])
@pytest.mark.parametrize("root", ["query", "mutation", "subscription"])
def test_a_root_field_that_two_families_bring_is_refused_with_both_places(root: str, family: Any, name: str) -> None:
    class Furniture(Chairs, family):
        """Two families together."""

    places = rf"in {__name__}\.Chairs\.{name} and in {__name__}\.{family.__name__}\.{name}$"

    with pytest.raises(SaidTwice, match=f"'{name}' stands twice: {places}"):
        compose(**{"query": Tables, root: Furniture})


def test_the_root_fields_of_all_families_are_in_the_schema() -> None:
    class Furniture(Chairs, Tables):
        """Two families together."""

    query = compose(query=Furniture).query_type

    assert query is not None and sorted(query.fields) == ["chairs", "tables"]
