"""What a plan answers is what graphql-core answers, to the byte: whatever is asked, and whatever the services send."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Sequence
from random import Random
from typing import Any

import orjson
import pytest
from graphql import (
    ExecutionContext,
    ExecutionResult,
    FragmentDefinitionNode,
    GraphQLError,
    OperationDefinitionNode,
    execute,
    parse,
)
from hypothesis import given
from hypothesis import strategies as st

from gateway.context import Context
from gateway.executing.execution import Executed, Requested, executed
from gateway.executing.plans import Plans
from gateway.rpc import Rpc
from gateway.viewer import Identity
from kit.data.db import Context as CallContext
from kit.viewer import Viewer
from tests.gateway.executing.anything import Anybody, Asking, schema_of_anything

Place = tuple[str | int, ...]


class Thorough(ExecutionContext):
    """An execution that goes on where null is not allowed: it tells every error that a document can meet."""

    def handle_field_error(self, error: GraphQLError, *_: Any) -> None:
        self.collected_errors.errors.append(error)


def requested(asking: Asking, text: str, wire: Anybody) -> Requested:
    rpc = Rpc(wire, CallContext(Viewer("ann"), "en", ""), 5)
    context = Context(Identity("ann", name="Ann"), "en", rpc, None, "")  # type: ignore[arg-type]  # nobody listens
    return Requested(schema_of_anything(), parse(text), None, context, asking.variables, None, True)


async def answered(asking: Asking, text: str, wire: Anybody, *, compiled: bool) -> Executed:
    wanted = requested(asking, text, wire)
    [operation] = [each for each in wanted.node.definitions if isinstance(each, OperationDefinitionNode)]
    fragments = {each.name.value: each for each in wanted.node.definitions if isinstance(each, FragmentDefinitionNode)}
    plans = Plans(wanted.schema, operation, fragments, most=8) if compiled else None
    return await executed(wanted, plans)


async def possible(asking: Asking, text: str, wire: Anybody) -> set[bytes]:
    found: Any = execute(*requested(asking, text, wire).given, execution_context_class=Thorough)
    result: ExecutionResult = found if isinstance(found, ExecutionResult) else await found
    return {shown(error) for error in result.errors or []}


def shown(error: GraphQLError) -> bytes:
    """An error with what its report is made from."""
    return orjson.dumps([error.formatted, type(error.original_error).__name__])


def told(done: Executed) -> dict[Place, set[bytes]]:
    """The errors by the place in the answer that is null because of them."""
    found: dict[Place, set[bytes]] = {}
    for error in done.result.errors or []:
        found.setdefault(tuple(null_in(done.result.data, error.path or [])), set()).add(shown(error))
    return found


def null_in(data: Any, path: Sequence[str | int]) -> Sequence[str | int]:
    """The path down to the first null."""
    for number, step in enumerate(path):
        if data is None:
            return path[:number]
        data = data[step]
    return path


def differing(one: Executed, other: Executed) -> set[bytes]:
    """What only one tells, where data and the places of the errors are equal.

    Where several fields lead to one null, any of their errors may be told (section 6.4.4), and each tells what it meets
    first.
    """
    assert orjson.dumps(one.result.data) == orjson.dumps(other.result.data)
    ours, theirs = told(one), told(other)
    assert ours.keys() == theirs.keys()
    assert one.fields == other.fields or one.result.errors
    return {text for place, texts in ours.items() for text in texts - theirs[place]}


@given(seed=st.integers(0, 2**32), wrong=st.sampled_from([0, 0.01, 0.05, 0.2]))
def compare(seed: int, wrong: float) -> None:
    asking = Asking(Random(seed))
    text = asking.document()

    async def both() -> None:
        one, other = [await answered(asking, text, Anybody(seed, wrong), compiled=way) for way in (True, False)]
        if differs := differing(one, other):
            assert differs <= await possible(asking, text, Anybody(seed, wrong))

    asyncio.run(both())


@pytest.mark.filterwarnings("ignore:coroutine:RuntimeWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_plan_answers_as_graphql_core_does() -> None:
    """graphql-core leaves coroutines behind that nobody awaits; they are collected here and not in another test."""
    compare()
    gc.collect()
