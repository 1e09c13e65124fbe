"""So many requests are answered at once, fewer of one address; who is turned away is told to come again."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from starlette.types import Message, Receive, Scope, Send

from gateway.edge.crowd import Crowd

HERE, THERE = "203.0.113.1", "203.0.113.2"


class Busy:
    """An application that answers once it is let."""

    def __init__(self) -> None:
        self.within = 0
        self.let = asyncio.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.within += 1
        await self.let.wait()
        await send({"type": "http.response.start", "status": 200, "headers": []})


async def _ask(crowd: Crowd, address: str, path: str = "/graphql") -> list[Message]:
    said: list[Message] = []

    async def send(message: Message) -> None:
        said.append(message)

    async def receive() -> Message:
        return {"type": "http.request"}

    headers: list[Any] = [(b"accept-language", b"en")]
    scope = {"type": "http", "path": path, "method": "GET", "headers": headers, "client": (address, 1)}
    await crowd(scope, receive, send)
    return said


async def _begin(crowd: Crowd, busy: Busy, *addresses: str) -> list[asyncio.Task[list[Message]]]:
    before = busy.within
    tasks = [asyncio.create_task(_ask(crowd, address)) for address in addresses]
    while busy.within < before + len(addresses):  # noqa: ASYNC110 - one turn of the loop for each
        await asyncio.sleep(0)
    return tasks


@pytest.mark.parametrize(("held", "newcomer"), [([HERE, HERE], HERE), ([HERE, HERE, THERE], THERE)])
async def test_one_more_is_told_to_come_again(held: list[str], newcomer: str) -> None:
    busy = Busy()
    crowd = Crowd(busy, most=3, of_one=2)
    running = await _begin(crowd, busy, *held)

    start, body = await _ask(crowd, newcomer)

    assert (start["status"], dict(start["headers"])[b"retry-after"]) == (503, b"1")
    assert b"TOO_BUSY" in body["body"]
    busy.let.set()
    assert [(await task)[0]["status"] for task in running] == [200] * len(held)


async def test_place_is_free_again_whatever_came_of_the_request() -> None:
    busy = Busy()
    crowd = Crowd(busy, most=1, of_one=1)
    (left,) = await _begin(crowd, busy, HERE)
    left.cancel()
    await asyncio.wait([left])
    busy.let.set()

    assert (await _ask(crowd, HERE))[0]["status"] == 200


async def test_who_watches_is_always_answered() -> None:
    busy = Busy()
    crowd = Crowd(busy, most=1, of_one=1)
    running = await _begin(crowd, busy, HERE)

    watching = asyncio.create_task(_ask(crowd, HERE, "/readyz"))
    busy.let.set()

    assert (await watching)[0]["status"] == (await running[0])[0]["status"] == 200
