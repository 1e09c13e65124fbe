"""Executor: what a page of 100 × 11 fields costs the processor in process: compiled, by graphql-core, by other servers, bare.

Ours answers the hub's own schema over a wire that gives plain data, as services do; the peers are given the same data.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import orjson
from graphql import ExecutionResult, execute

from bench.executor_page import DOCUMENT, VARIABLES, page
from bench.others import servers_of_graphql
from bench.sizes import size
from bench.turns import OURS, Figure, Reach, as_fast, at_most, by_turns, row
from gateway.context import Context
from gateway.executing.execution import Requested, executed
from gateway.protocol.documents import Document, Documents
from gateway.rpc import Rpc
from gateway.schema import graphql_schema
from kit.context import Context as CallContext
from kit.viewer import Viewer
from kit.wire.request import Payload, Request

MILLISECONDS = 1000
FLOOR, ORDINARY = "orjson.dumps", "graphql-core"
REACHES: Mapping[str, Reach | None] = {
    FLOOR: at_most(1.0),
    ORDINARY: None,
    "strawberry": as_fast(10),
    "ariadne": as_fast(10),
    "graphene": None,
}


def measure() -> list[dict[str, Any]]:
    """Milliseconds of processor time for one page, serialised, by each."""
    with asyncio.Runner() as runner:
        figures = _figures(runner, Asking())
    return [
        row(f"page 100 × 11 in process beside {peer}", "ms", figures, reach, peer=peer)
        for peer, reach in REACHES.items()
    ]


def _figures(runner: asyncio.Runner, asking: Asking) -> dict[str, Figure]:
    shown = runner.run(asking.ours())

    def turn(ask: Callable[[], Awaitable[Any]]) -> Callable[[], float]:
        return lambda: runner.run(_milliseconds(ask))

    with servers_of_graphql(shown) as peers:
        ours = {OURS: turn(asking.ours), ORDINARY: turn(asking.ordinary), FLOOR: lambda: _floor(shown)}
        return by_turns({**ours, **peers})


async def _milliseconds(ask: Callable[[], Awaitable[Any]]) -> float:
    began = time.process_time()
    for _ in range(size("executor_pages")):
        orjson.dumps(await ask())
    return (time.process_time() - began) / size("executor_pages") * MILLISECONDS


def _floor(shown: Any) -> float:
    began = time.process_time()
    for _ in range(size("executor_pages")):
        orjson.dumps(shown)
    return (time.process_time() - began) / size("executor_pages") * MILLISECONDS


class Asking:
    """The page asked of the hub's schema, by its plan and by graphql-core."""

    def __init__(self) -> None:
        self._schema = graphql_schema()
        read = Documents(self._schema).read(DOCUMENT)
        assert isinstance(read, Document), read
        self._document = read

    async def ours(self) -> Any:
        [operation] = self._document.operations.values()
        done = await executed(
            Requested(self._schema, self._document.node, None, _context(), VARIABLES, None, True), operation.plans
        )
        return _data(done.result)

    async def ordinary(self) -> Any:
        found = execute(self._schema, self._document.node, None, _context(), VARIABLES)
        return _data(found if isinstance(found, ExecutionResult) else await found)


def _data(result: ExecutionResult) -> Any:
    assert result.errors is None, result.errors
    return result.data


class Page:
    """A wire to a service that has the page."""

    def __init__(self) -> None:
        self._reply: Payload = {"result": page(), "error": None}

    async def send(self, _service: str, _request: Request) -> Payload:
        return self._reply

    def overhear(self, *_: Any) -> None: ...

    def connected(self) -> bool:
        return True


PAGE = Page()


def _context() -> Context:
    """As each request has one."""
    rpc = Rpc(PAGE, CallContext(Viewer(""), "zh-CN", ""), 5)
    return Context(None, "zh-CN", rpc, None, "")  # nobody listens
