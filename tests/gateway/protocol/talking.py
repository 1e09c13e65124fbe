"""Talking: a graphql-transport-ws client for tests, one message at a time."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from gateway.protocol.websocket import PROTOCOL
from tests.gateway.protocol.tiny_gateway import eventually

PATIENCE = 60.0  # seconds


class Talk:
    """One open socket."""

    def __init__(self, connection: ClientConnection) -> None:
        self.connection = connection

    async def say(self, **message: Any) -> None:
        await self.connection.send(json.dumps(message))

    async def subscribe(self, identity: str, query: str, **more: Any) -> None:
        await self.say(type="subscribe", id=identity, payload={"query": query, **more})

    async def hear(self) -> dict[str, Any]:
        async with asyncio.timeout(PATIENCE):
            return json.loads(await self.connection.recv())

    async def end(self) -> tuple[int, str]:
        """The code and reason with which the server closes, whatever it still says before."""
        with suppress(ConnectionClosed):
            async with asyncio.timeout(PATIENCE):
                while True:
                    await self.connection.recv()
        return self.connection.close_code, self.connection.close_reason


@asynccontextmanager
async def connected(url: str, **options: Any) -> AsyncIterator[Talk]:
    options = {"max_queue": None, **options}  # what is not read must not keep the client from leaving
    async with connect(url.replace("http", "ws", 1), subprotocols=[PROTOCOL], **options) as connection:
        yield Talk(connection)


@asynccontextmanager
async def acknowledged(url: str, payload: dict[str, Any] | None = None, **options: Any) -> AsyncIterator[Talk]:
    async with connected(url, **options) as talk:
        await talk.say(type="connection_init", payload=payload)
        assert await talk.hear() == {"type": "connection_ack"}
        yield talk


async def eventually_async(condition, seconds: float = PATIENCE) -> None:
    """Waits, for a bounded time, until the condition holds, and lets the event loop go on meanwhile."""
    await asyncio.to_thread(eventually, condition, seconds)
