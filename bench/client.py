"""Client: one kept connection to a gateway that costs the machine as little as a client can, so that the hub is what is measured.

A request by httpx takes up to 2 ms of processor, as much as the gateway takes for it; on a machine with two cores that would
be the measure.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import orjson

from tests.running.processes import RunningHub

HEAD = (
    "POST /graphql HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\n"
    "accept: application/graphql-response+json\r\n{more}content-length: "
)
LENGTH = re.compile(rb"\r\ncontent-length: (\d+)\r\n", re.IGNORECASE)


class Client:
    """Sends one request after the other."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, head: str) -> None:
        self._reader, self._writer, self._head = reader, writer, head.encode()

    async def post(self, body: bytes) -> bytes:
        """The body of the answer, whatever it says."""
        self._writer.write(b"%b%d\r\n\r\n%b" % (self._head, len(body), body))
        head = await self._reader.readuntil(b"\r\n\r\n")
        length = LENGTH.search(head)
        assert length, head
        return await self._reader.readexactly(int(length[1]))


@asynccontextmanager
async def client(hub: RunningHub, persona: str | None = None, *, port: int = 0) -> AsyncIterator[Client]:
    """A client of this person (None: a visitor) in front of the hub, or of another gateway of it at `port`."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port or hub.port)
    more = f"authorization: Bearer {hub.token(persona)}\r\n" if persona else ""
    try:
        yield Client(reader, writer, HEAD.format(more=more))
    finally:
        writer.close()
        await writer.wait_closed()


def body(document: str, **variables: Any) -> bytes:
    """What is posted."""
    return orjson.dumps({"query": document, "variables": variables})


def data(answer: bytes) -> Any:
    """Of an answer without errors."""
    read = orjson.loads(answer)
    assert "errors" not in read, read["errors"]
    return read["data"]
