"""Document: a JSON value as a scalar, for what is a document in its own right, as a rule set or a published result."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import EnumValueNode, GraphQLError, ValueNode
from graphql.utilities import value_from_ast_untyped


class Document(graphene.Scalar):
    """A JSON value (RFC 8259): an object with keys in snake_case, as in the documents of the hub."""

    specified_by = "https://www.rfc-editor.org/rfc/rfc8259"

    @staticmethod
    def serialize(value: Any) -> Any:
        return value

    @staticmethod
    def parse_value(value: Any) -> Any:
        return value

    @staticmethod
    def parse_literal(node: ValueNode, variables: dict[str, Any] | None = None) -> Any:
        if isinstance(node, EnumValueNode):
            raise GraphQLError("a document has no enum values", node)
        return value_from_ast_untyped(node, variables)
