"""Said once: what the graph takes comes from the forms of the contracts, and every name of the schema has its sentence."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from inspect import cleandoc
from pathlib import Path
from typing import Any

from graphql import GraphQLEnumType, GraphQLInputObjectType, GraphQLInterfaceType, GraphQLObjectType, GraphQLSchema

from contracts.forms import ByIds, Nothing, Page
from gateway.graph.names import snake
from gateway.schema import graphql_schema
from hub.services import all_services
from kit.calls.rpc import Rpc
from kit.process.runtime import entrypoints
from tests.contracts.test_rpc_arguments import form_of
from tests.house.sources import ROOT, name, sources, tree

HALF = re.compile(r"^(…|[a-z])|…$")
"""A sentence that goes on from a neighbour, or into one."""
SHARED = (ByIds, Nothing, Page)


def test_no_family_of_the_graph_types_an_input_by_hand() -> None:
    by_hand = {
        str(Path(name(path)).parent)
        for path in sources("gateway/graph")
        if len(path.relative_to(ROOT / "gateway/graph").parts) > 1
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ClassDef) and _is_typed_input(node)
    }

    assert by_hand == set()


def _is_typed_input(node: ast.ClassDef) -> bool:
    return any(ast.unparse(base) == "graphene.InputObjectType" for base in node.bases)


def test_a_method_has_the_name_of_its_form() -> None:
    forms = [
        (method, type(form))
        for service in all_services()
        for method, _ in entrypoints(service, Rpc)
        if (form := form_of(getattr(service, method))) and type(form).__module__.startswith("contracts.")
    ]

    wrong = {method: form.__name__ for method, form in forms if form not in SHARED and snake(form.__name__) != method}

    assert wrong == {}
    assert len(forms) > 80


def test_everything_in_the_schema_says_what_it_is() -> None:
    unsaid = [where for where, said in _described(graphql_schema()) if not said]

    assert unsaid == []


def test_every_sentence_makes_sense_by_itself() -> None:
    halves = [where for where, said in _described(graphql_schema()) if said and HALF.search(cleandoc(said))]

    assert halves == []


def _described(schema: GraphQLSchema) -> Iterator[tuple[str, Any]]:
    for kind in schema.type_map.values():
        if kind.name.startswith("__"):
            continue
        if isinstance(kind, GraphQLEnumType):
            yield from ((f"{kind.name}.{value}", each.description) for value, each in kind.values.items())
        if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType):
            yield from ((f"{kind.name}.{field}", each.description) for field, each in kind.fields.items())
        if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
            for field, each in kind.fields.items():
                yield from (
                    (f"{kind.name}.{field}({argument})", arg.description) for argument, arg in each.args.items()
                )
