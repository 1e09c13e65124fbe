"""Execution: an operation carried out by its plan, or by graphql-core where there is none, which is counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from graphql import DocumentNode, ExecutionResult, GraphQLSchema, execute

from gateway.executing.fields import Uncompiled
from gateway.executing.plans import Plans
from gateway.executing.run import Run
from gateway.metrics import EXECUTIONS
from gateway.protocol.cost import fields_in

COMPILED = "compiled"


@dataclass(frozen=True, slots=True)
class Requested:
    """What graphql-core executes too: a valid document, the values of its variables and the operation's name."""

    schema: GraphQLSchema
    node: DocumentNode
    root: Any
    context: Any
    variables: dict[str, Any] | None
    operation: str | None
    suggestions: bool

    @property
    def given(self) -> tuple[GraphQLSchema, DocumentNode, Any, Any, dict[str, Any] | None, str | None]:
        return self.schema, self.node, self.root, self.context, self.variables, self.operation


@dataclass(frozen=True, slots=True)
class Executed:
    """The result, and how many fields its data has."""

    result: ExecutionResult
    fields: int


async def executed(requested: Requested, plans: Plans | None) -> Executed:
    """What comes of it; without plans, or where they have none, graphql-core executes it field by field."""
    run: Any = Run.build(*requested.given, hide_suggestions=not requested.suggestions) if plans else None
    if isinstance(run, list):  # the errors of the variables and of the operation's name
        return Executed(ExecutionResult(None, run), 0)
    try:
        locale = getattr(requested.context, "locale", None)
        plan = plans.of(run.variable_values, locale) if plans and run else None
    except Uncompiled as reason:
        EXECUTIONS.labels(str(reason)).inc()
        plan = None
    if plan is None or run is None:
        return await _ordinary(requested)
    EXECUTIONS.labels(COMPILED).inc()
    return Executed(await run.answer(plan), run.fields)


async def _ordinary(requested: Requested) -> Executed:
    found = execute(*requested.given, hide_suggestions=not requested.suggestions)
    result = found if isinstance(found, ExecutionResult) else await found
    return Executed(result, fields_in(result.data))
