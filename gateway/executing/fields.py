"""Fields: what a document asks of one type: each field once, with all places in the document that ask for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    GraphQLField,
    GraphQLObjectType,
    GraphQLSchema,
    OperationDefinitionNode,
    VariableNode,
    Visitor,
    visit,
)
from graphql.execution.collect_fields import collect_fields, collect_sub_fields
from graphql.execution.execute import get_field_def

TYPENAME = "__typename"


class Uncompiled(Exception):  # noqa: N818 - a state of the document
    """A document that graphql-core executes; says why, in one word for the metric."""


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """A field of a type as the document asks for it; `nodes` are the places, `key` its name in the answer."""

    parent: GraphQLObjectType
    key: str
    nodes: list[FieldNode]
    definition: GraphQLField

    @property
    def name(self) -> str:
        return self.nodes[0].name.value


@dataclass(frozen=True, slots=True)
class Asked:
    """What a document asks, under given values of the variables that its directives name."""

    schema: GraphQLSchema
    fragments: Mapping[str, FragmentDefinitionNode]
    conditions: Mapping[str, Any]

    def of_root(self, root: GraphQLObjectType, operation: OperationDefinitionNode) -> list[Field]:
        fragments, conditions = dict(self.fragments), dict(self.conditions)
        return self._fields(root, collect_fields(self.schema, fragments, conditions, root, operation.selection_set))

    def of_type(self, kind: GraphQLObjectType, nodes: list[FieldNode]) -> list[Field]:
        fragments, conditions = dict(self.fragments), dict(self.conditions)
        return self._fields(kind, collect_sub_fields(self.schema, fragments, conditions, kind, nodes))

    def _fields(self, kind: GraphQLObjectType, nodes: Mapping[str, list[FieldNode]]) -> list[Field]:
        return [Field(kind, key, each, self._definition(kind, each[0])) for key, each in nodes.items()]

    def _definition(self, kind: GraphQLObjectType, node: FieldNode) -> GraphQLField:
        name = node.name.value
        if name.startswith("__") and name != TYPENAME:
            raise Uncompiled("introspection")
        found: GraphQLField = get_field_def(self.schema, kind, node)
        return found


class _Conditions(Visitor):
    def __init__(self) -> None:
        super().__init__()
        self.names: dict[str, None] = {}

    def enter_directive(self, node: Any, *_: Any) -> None:
        values = [argument.value for argument in node.arguments]
        self.names.update(dict.fromkeys(each.name.value for each in values if isinstance(each, VariableNode)))


def conditions_of(operation: OperationDefinitionNode, fragments: Mapping[str, FragmentDefinitionNode]) -> Iterator[str]:
    """The names of the variables on which @skip and @include depend, in this operation and the document's fragments."""
    found = _Conditions()
    for node in (operation, *fragments.values()):
        visit(node, found)
    return iter(found.names)
