"""Documents: the text of a request, parsed, measured, validated, priced and compiled once, then remembered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLSchema,
    GraphQLSyntaxError,
    OperationDefinitionNode,
    OperationType,
    parse,
    recommended_rules,
    specified_rules,
    validate,
)
from graphql.validation import NoSchemaIntrospectionCustomRule
from graphql.validation.rules import overlapping_fields_can_be_merged

from gateway.executing.plans import Plans
from gateway.protocol.cost import Price, Pricer, cost_of, defaults_of
from gateway.protocol.faults import Fault
from gateway.protocol.limits import Limits, check_size
from gateway.protocol.persisted import Persisted
from gateway.remembered import Remembered

LONGEST_MESSAGE = 400  # characters; graphql-core quotes the caller's own names, however long
MOST_POSITIONS = 4


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of a document: its kind, what it costs under given variables, and how it is executed."""

    kind: OperationType
    plans: Plans
    price: Price
    defaults: Mapping[str, Any]

    def cost(self, variables: Mapping[str, Any] | None, page: int) -> float:
        return cost_of(self.price, {**self.defaults, **(variables or {})}, page)


@dataclass(frozen=True, slots=True)
class Document:
    """A document that passed every check, with its operations by name (None is the anonymous one)."""

    node: DocumentNode
    operations: Mapping[str | None, Operation]

    def operation(self, name: str | None) -> Operation | None:
        """The operation that is meant; None where there is no such one, or no telling which."""
        if name is None and len(self.operations) == 1:
            return next(iter(self.operations.values()))
        return self.operations.get(name)


class Documents:
    """The documents of one schema, at most `limits.cached` of them and so many characters remembered, refused ones too.

    `suggestions` is whether errors may say 'Did you mean', which tells a stranger the schema word by word;
    `introspection` is whether the schema may be asked for.
    """

    def __init__(
        self,
        schema: GraphQLSchema,
        limits: Limits | None = None,
        *,
        suggestions: bool = True,
        introspection: bool = True,
    ) -> None:
        self.limits = limits or Limits()
        self.suggestions = suggestions
        self.persisted = Persisted(self.limits.persisted, self.limits.persisted_characters)
        self._schema = schema
        self._rules = (*specified_rules, *recommended_rules)
        if not introspection:
            self._rules = (*self._rules, NoSchemaIntrospectionCustomRule)
        self._remembered = Remembered(
            self._examine, entries=self.limits.cached, longest=self.limits.characters, total=self.limits.remembered
        )
        # Process-wide, as the library has no other place for it: its default admits documents of more than a second.
        overlapping_fields_can_be_merged.MAX_COMPLEXITY_BUDGET = self.limits.comparisons

    def read(self, text: str) -> Document | list[GraphQLError]:
        """The document, or all that is wrong with it (at most `limits.errors` + 1 errors, without AST nodes)."""
        if len(text) > self.limits.characters:
            allowed = self.limits.characters
            return [Fault("QUERY_TOO_LARGE", limit="characters", found=len(text), allowed=allowed)]
        return self._remembered(text)

    def _examine(self, text: str) -> Document | list[GraphQLError]:
        try:
            node = parse(text, max_lexical_tokens=self.limits.tokens, max_comments=self.limits.comments)
            check_size(node, self.limits)
        except Fault as fault:
            return [fault.with_traceback(None)]
        except GraphQLSyntaxError as error:
            return [light(error, "GRAPHQL_PARSE_FAILED")]
        errors = self._validate(node)
        return [light(each, "GRAPHQL_VALIDATION_FAILED") for each in errors] or self._read(node)

    def _validate(self, node: DocumentNode) -> list[GraphQLError]:
        return validate(
            self._schema,
            node,
            self._rules,
            max_errors=self.limits.errors,
            hide_suggestions=not self.suggestions,
        )

    def _read(self, node: DocumentNode) -> Document:
        fragments = {each.name.value: each for each in node.definitions if isinstance(each, FragmentDefinitionNode)}
        pricer = Pricer(self._schema, fragments, self.limits)
        operations = {
            each.name.value if each.name else None: Operation(
                each.operation,
                Plans(self._schema, each, fragments, self.limits.variants),
                pricer.price(each),
                defaults_of(each),
            )
            for each in node.definitions
            if isinstance(each, OperationDefinitionNode)
        }
        return Document(node, operations)


def light(error: GraphQLError, code: str) -> GraphQLError:
    """The same error without the nodes and frames that would keep the whole document in memory."""
    return GraphQLError(
        error.message[:LONGEST_MESSAGE],
        source=error.source,
        positions=list(error.positions or ())[:MOST_POSITIONS] or None,
        extensions={**(error.extensions or {}), "code": code},
    )
