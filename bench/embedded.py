"""Embedded: what a query and a command cost the processor of a hub in one process, from the request to its file and back.

A command is done when its message has reached everybody in the hub; what that costs is part of it.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from itertools import count
from typing import Any

import orjson
import pytest
from starlette.applications import Starlette

from bench.sizes import size
from bench.turns import OURS, Figure, at_most, by_turns, row
from bench.unbounded import UNBOUNDED
from tests.gateway.counted import CountedHub
from tests.gateway.test_page_costs import FOUND

MILLISECONDS = 1000
ALLIANCE = "query($id: ID!) { alliance(id: $id) { id name kind region { name } } }"
HEADERS = {
    b"host": b"hub",
    b"accept": b"application/graphql-response+json",
    b"content-type": b"application/json",
    b"authorization": b"Bearer office",
}
SCOPE = {
    "type": "http",
    "asgi": {"version": "3.0"},
    "http_version": "1.1",
    "method": "POST",
    "scheme": "http",
    "path": "/graphql",
    "raw_path": b"/graphql",
    "query_string": b"",
    "root_path": "",
    "headers": list(HEADERS.items()),
    "client": ("127.0.0.1", 1),
    "server": ("hub", 80),
}
SETTLED = 20  # seconds
_numbers = count(1)


def measure() -> list[dict[str, Any]]:
    """Milliseconds of processor time of the whole process, all its threads, for one of each."""
    with tempfile.TemporaryDirectory() as home, pytest.MonkeyPatch.context() as environment:
        for name, value in {"HUB_HOME": home, **UNBOUNDED}.items():
            environment.setenv(name, value)
        counted = CountedHub()
        counted.start()
        with asyncio.Runner() as runner:
            figures = _figures(counted, runner)
        counted.hub.stop()
    return [
        row("embedded query of one alliance", "ms", {OURS: figures["query"]}, at_most(1.5)),
        row("embedded command", "ms", {OURS: figures["command"]}, at_most(5)),
    ]


def _figures(counted: CountedHub, runner: asyncio.Runner) -> dict[str, Figure]:
    async def entered() -> tuple[AsyncExitStack, Starlette]:
        stack = AsyncExitStack()
        return stack, await stack.enter_async_context(counted.app())

    stack, app = runner.run(entered())
    alliance = runner.run(_found(app))

    def turn(do: Callable[[], Awaitable[Any]]) -> Callable[[], float]:
        return lambda: _milliseconds(counted, runner, do)

    turns = {"query": turn(lambda: _asked(app, ALLIANCE, id=alliance)), "command": turn(lambda: _found(app))}
    for warm_up in turns.values():
        warm_up()
    figures = by_turns(turns)
    runner.run(stack.aclose())
    return figures


def _milliseconds(counted: CountedHub, runner: asyncio.Runner, do: Callable[[], Awaitable[Any]]) -> float:
    async def all_of_them() -> None:
        for _ in range(size("embedded_each")):
            await do()

    counted.hub.settle(SETTLED)
    began = time.process_time()
    runner.run(all_of_them())
    counted.hub.settle(SETTLED)
    return (time.process_time() - began) / size("embedded_each") * MILLISECONDS


async def _found(app: Starlette) -> Any:
    input_ = {"kind": "OTHER", "nameZh": f"联盟{next(_numbers)}", "nameEn": "A"}
    return (await _asked(app, FOUND, input=input_))["foundAlliance"]["alliance"]["id"]


async def _asked(app: Starlette, document: str, **variables: Any) -> Any:
    """As tests ask, without a client of HTTP, which would cost as much as the hub."""
    came, sent = [orjson.dumps({"query": document, "variables": variables})], list[bytes]()

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": came.pop()} if came else {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message.get("body", b""))

    await app(dict(SCOPE), receive, send)
    answer = orjson.loads(b"".join(sent))
    assert "errors" not in answer, answer
    return answer["data"]
