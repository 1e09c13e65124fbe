"""Plans: an operation of a remembered document, compiled at its first execution, and again for other conditions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graphql import (
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
)

from gateway.executing.compiler import Compiler
from gateway.executing.fields import Asked, Uncompiled, conditions_of
from gateway.executing.run import Plan


class Plans:
    """The plans of one operation: for each language, and for what the variables of its directives say; at most `most`."""

    def __init__(
        self,
        schema: GraphQLSchema,
        operation: OperationDefinitionNode,
        fragments: Mapping[str, FragmentDefinitionNode],
        most: int,
    ) -> None:
        self._schema = schema
        self._operation = operation
        self._fragments = fragments
        self._most = most
        self._conditions = tuple(conditions_of(operation, fragments))
        self._known: dict[tuple[Any, ...], Plan | Uncompiled] = {}

    def of(self, variables: Mapping[str, Any], locale: str | None) -> Plan:
        """The plan under these values of the variables, for who is answered in this language.

        Raises Uncompiled where graphql-core is to execute the operation.
        """
        values = {name: variables[name] for name in self._conditions if name in variables}
        key = (locale, *map(repr, values.items()))
        if key not in self._known:
            if len(self._known) >= self._most:
                raise Uncompiled("variants")
            self._known[key] = self._compiled(values, locale)
        found = self._known[key]
        if isinstance(found, Uncompiled):
            raise found
        return found

    def _compiled(self, conditions: Mapping[str, Any], locale: str | None) -> Plan | Uncompiled:
        asked = Asked(self._schema, self._fragments, conditions)
        try:
            return self._plan(asked, Compiler(asked, locale))
        except Uncompiled as reason:
            return reason.with_traceback(None)
        except GraphQLError:
            return Uncompiled("condition")  # of a directive: graphql-core says what is wrong with it
        except RecursionError:
            return Uncompiled("depth")

    def _plan(self, asked: Asked, compiler: Compiler) -> Plan:
        root = self._schema.get_root_type(self._operation.operation)
        if root is None:
            raise Uncompiled("root")
        fields = asked.of_root(root, self._operation)
        serial = self._operation.operation is OperationType.MUTATION
        parts = [[each] for each in fields] if serial else [fields]
        return Plan([compiler.of_fields(part, root) for part in parts], fields if serial else [])
