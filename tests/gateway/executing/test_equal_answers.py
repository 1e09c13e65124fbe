"""What a plan answers is what graphql-core answers, to the byte: whatever is asked, and whatever the services send."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Sequence
from random import Random
from typing import Any

import orjson
import pytest
from graphql import FragmentDefinitionNode, OperationDefinitionNode, parse
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


async def answered(asking: Asking, text: str, wire: Anybody, *, compiled: bool) -> Executed:
    schema, node = schema_of_anything(), parse(text)
    rpc = Rpc(wire, CallContext(Viewer("ann"), "en", ""), 5)
    context = Context(Identity("ann", name="Ann"), "en", rpc, None, "")  # type: ignore[arg-type]  # nobody listens
    [operation] = [each for each in node.definitions if isinstance(each, OperationDefinitionNode)]
    fragments = {each.name.value: each for each in node.definitions if isinstance(each, FragmentDefinitionNode)}
    plans = Plans(schema, operation, fragments, most=8) if compiled else None
    return await executed(Requested(schema, node, None, context, asking.variables, None, True), plans)


def told(done: Executed) -> dict[Place, list[bytes]]:
    """The errors, with what their report is made from, by the place in the answer that is null because of them."""
    found: dict[Place, list[bytes]] = {}
    for error in done.result.errors or []:
        text = orjson.dumps([error.formatted, type(error.original_error).__name__])
        found.setdefault(tuple(null_in(done.result.data, error.path or [])), []).append(text)
    return found


def null_in(data: Any, path: Sequence[str | int]) -> Sequence[str | int]:
    """The path down to the first null."""
    for number, step in enumerate(path):
        if data is None:
            return path[:number]
        data = data[step]
    return path


def agree(one: Executed, other: Executed) -> None:
    """Data and errors are equal; of several errors for one null that come at once, any may be told (section 6.4.4)."""
    assert orjson.dumps(one.result.data) == orjson.dumps(other.result.data)
    ours, theirs = told(one), told(other)
    assert ours.keys() == theirs.keys()
    assert {place: texts for place, texts in ours.items() if not set(texts) & set(theirs[place])} == {}
    assert one.fields == other.fields or one.result.errors


@given(seed=st.integers(0, 2**32), wrong=st.sampled_from([0, 0.01, 0.05, 0.2]))
def compare(seed: int, wrong: float) -> None:
    asking = Asking(Random(seed))
    text = asking.document()

    async def both() -> list[Executed]:
        return [await answered(asking, text, Anybody(seed, wrong), compiled=way) for way in (True, False)]

    agree(*asyncio.run(both()))


@pytest.mark.filterwarnings("ignore:coroutine:RuntimeWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_plan_answers_as_graphql_core_does() -> None:
    """graphql-core leaves coroutines behind that nobody awaits; they are collected here and not in another test."""
    compare()
    gc.collect()
