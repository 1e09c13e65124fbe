"""Cost: how many fields an operation may put into its answer, and what it asks for them, known for any variables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from math import prod
from typing import Any

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    ListValueNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    ValueNode,
    VariableNode,
    get_named_type,
    value_from_ast_untyped,
)

from gateway.protocol.calling import does_call, does_count
from gateway.protocol.limits import Limits

PAGING = ("first", "last")
SIZED = (*PAGING, "ids")

Factor = int | str
"""How often a field repeats what is below it: a number, or the name of the variable that holds it."""

Price = Counter[tuple[str, ...]]
"""A sum of products: what is repeated by each combination of variables, in fields of an answer."""


def cost_of(price: Price, variables: Mapping[str, Any], page: int) -> float:
    """The cost under these variables; a variable that holds no size counts as a page."""
    if len(price) == 1 and () in price:
        return price[()]
    return sum(count * prod(_size(variables.get(name), page) for name in names) for names, count in price.items())


def fields_in(data: Any) -> int:
    """The number of fields that an answer has."""
    found, unseen = 0, [data]
    while unseen:
        each = unseen.pop()
        if isinstance(each, dict):
            found += len(each)
            unseen.extend(each.values())
        elif isinstance(each, list):
            unseen.extend(each)
    return found


def defaults_of(operation: OperationDefinitionNode) -> dict[str, Any]:
    """The default values of the operation's variables, by name."""
    return {
        each.variable.name.value: value_from_ast_untyped(each.default_value)
        for each in operation.variable_definitions
        if each.default_value
    }


class Pricer:
    """Prices the operations of one valid document; each fragment is worked out once for each size of page."""

    def __init__(self, schema: GraphQLSchema, fragments: Mapping[str, FragmentDefinitionNode], limits: Limits) -> None:
        self._schema = schema
        self._fragments = fragments
        self._limits = limits
        self._known: dict[tuple[str, Factor | None], Price] = {}

    def price(self, operation: OperationDefinitionNode) -> Price:
        return self._within(operation.selection_set, self._schema.get_root_type(operation.operation))

    def _within(
        self, selections: SelectionSetNode | None, parent: GraphQLNamedType | None, page: Factor | None = None
    ) -> Price:
        """What is asked of one thing; of a connection, whose lists have `page` entries."""
        total: Price = Counter()
        for each in selections.selections if selections else ():
            total.update(self._selection(each, parent, page))
        return total

    def _selection(self, node: SelectionNode, parent: GraphQLNamedType | None, page: Factor | None) -> Price:
        if isinstance(node, FieldNode):
            return self._field(node, parent, page)
        if isinstance(node, InlineFragmentNode):
            condition = node.type_condition
            return self._within(
                node.selection_set,
                self._schema.get_type(condition.name.value) if condition else parent,
                page,
            )
        assert isinstance(node, FragmentSpreadNode)
        return self._fragment(node.name.value, page)

    def _fragment(self, name: str, page: Factor | None) -> Price:
        if (name, page) not in self._known:
            fragment = self._fragments[name]
            kind = self._schema.get_type(fragment.type_condition.name.value)
            self._known[name, page] = self._within(fragment.selection_set, kind, page)
        return self._known[name, page]

    def _field(self, node: FieldNode, parent: GraphQLNamedType | None, page: Factor | None) -> Price:
        field = _definition(node, parent)
        price: Price = Counter({(): self._weight(field, parent)})
        if field is None:  # introspection: bounded by a limit and a depth rule of its own
            return price
        kind, factor = get_named_type(field.type), self._factor(node, field, page)
        if _is_paged(field):
            price.update(self._within(node.selection_set, kind, factor))
            return price
        price.update(_times(self._within(node.selection_set, kind), factor))
        return price if page is None or not _is_list(field) else _times(price, page)

    def _weight(self, field: GraphQLField | None, parent: GraphQLNamedType | None) -> int:
        """What the field itself costs: more than what it shows, where a service is asked for it or does something."""
        if field is None or not does_call(field):
            return 1
        if does_count(field):
            return self._limits.count
        return self._limits.command if parent is self._schema.mutation_type else self._limits.call

    def _factor(self, node: FieldNode, field: GraphQLField, page: Factor | None) -> Factor:
        for argument in node.arguments:
            if argument.name.value in SIZED:
                return _literal(argument.value, self._limits.page)
        if _is_paged(field):
            return self._limits.page
        return self._limits.entries if _is_list(field) and page is None else 1


def _definition(node: FieldNode, parent: GraphQLNamedType | None) -> GraphQLField | None:
    if isinstance(parent, GraphQLObjectType | GraphQLInterfaceType):
        field: GraphQLField | None = parent.fields.get(node.name.value)
        return field
    return None


def _is_list(field: GraphQLField) -> bool:
    kind = field.type
    return isinstance(kind.of_type if isinstance(kind, GraphQLNonNull) else kind, GraphQLList)


def _is_paged(field: GraphQLField) -> bool:
    return any(name in field.args for name in PAGING)


def _literal(value: ValueNode, page: int) -> Factor:
    if isinstance(value, VariableNode):
        return value.name.value
    if isinstance(value, IntValueNode):
        return max(int(value.value), 1)
    return max(len(value.values), 1) if isinstance(value, ListValueNode) else page


def _times(price: Price, factor: Factor) -> Price:
    if isinstance(factor, int):
        return Counter({names: count * factor for names, count in price.items()})
    return Counter({tuple(sorted((*names, factor))): count for names, count in price.items()})


def _size(value: Any, page: int) -> float:
    if isinstance(value, int | float):  # GraphQL reads 50.0 as the Int 50
        return max(value, 1)
    return max(len(value), 1) if isinstance(value, list) else page
