"""Points: decimal numbers as text in the graph."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLError, IntValueNode, StringValueNode, ValueNode


class Points(graphene.Scalar):
    """A decimal number as text, such as "8.5": points and scores are never binary numbers. A whole number may be given as one."""

    specified_by = "https://www.w3.org/TR/xmlschema11-2/#decimal"
    shown_as_it_is = str

    @staticmethod
    def serialize(value: str) -> str:
        return value

    @staticmethod
    def parse_value(value: Any) -> str:
        if isinstance(value, str) or (isinstance(value, int) and not isinstance(value, bool)):
            return str(value)
        raise GraphQLError('Points are text, as "8.5".')

    @staticmethod
    def parse_literal(node: ValueNode, _variables: Any = None) -> str:
        if isinstance(node, StringValueNode | IntValueNode):
            return str(node.value)
        raise GraphQLError('Points are text, as "8.5".', node)
