"""Strangers: what people who mean harm send to a hub, each in a loop of its own that is bounded in rate and in time."""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import httpx
from websockets.asyncio.client import connect

ADDRESS = "127.0.0.2"
COSTLY = """{ alliances(first: 20) { nodes { members(first: 20) { nodes { a: statusOn(day: "2026-01-01") { status }
  b: statusOn(day: "2026-01-02") { status } c: statusOn(day: "2026-01-03") { since }
  organization { id name region { name } } } } } } }"""
DEEP = "{" + "alliances { nodes { members { nodes { alliance {" * 8 + "id" + "}}}}}" * 8 + "}"
MUTATION = "mutation($input: RegisterOrganizationInput!) { registerOrganization(input: $input) { problems { code } } }"


@dataclass
class Strangers:
    """All of them, until `until` (monotonic seconds) against the hub on `port`; `got` counts what they were answered."""

    port: int
    until: float
    token: str
    got: Counter[str] = field(default_factory=Counter)

    async def run(self) -> None:
        documents = [
            self.posting(self.costly),
            self.posting(self.deep),
            self.posting(self.forged),
            self.posting(self.keyed),
        ]
        sockets = [
            self.again(self.slow_headers, 40),
            self.again(self.large_headers, 1),
            self.again(self.silent_socket, 10),
        ]
        await asyncio.gather(*documents, *sockets, self.posting(self.greedy))

    async def posting(self, body_of: Callable[[], tuple[dict[str, Any], dict[str, str]]]) -> None:
        """Twenty documents a second from four connections, whatever is answered."""
        transport = httpx.AsyncHTTPTransport(local_address=ADDRESS, retries=0)
        async with httpx.AsyncClient(
            transport=transport, base_url=f"http://127.0.0.1:{self.port}", timeout=30
        ) as client:

            async def one() -> None:
                while time.monotonic() < self.until:
                    body, headers = body_of()
                    await self.counted(body_of.__name__, client.post("/graphql", json=body, headers=headers))
                    await asyncio.sleep(0.2)

            await asyncio.gather(*(one() for _ in range(4)))

    async def counted(self, name: str, request: Awaitable[httpx.Response]) -> None:
        try:
            response = await request
            codes = [each["extensions"]["code"] for each in response.json().get("errors", ())][:1]
            self.got[f"{name} {response.status_code} {''.join(codes)}".strip()] += 1
        except (httpx.HTTPError, ValueError) as error:
            self.got[f"{name} {type(error).__name__}"] += 1

    def costly(self) -> tuple[dict[str, Any], dict[str, str]]:
        """The dearest page that a visitor may ask for, each time another document."""
        return {"query": COSTLY + "#" + str(random.random())}, {}

    def deep(self) -> tuple[dict[str, Any], dict[str, str]]:
        return {"query": DEEP}, {}

    def forged(self) -> tuple[dict[str, Any], dict[str, str]]:
        return {"query": "{ viewer { id } }"}, {"Authorization": f"Bearer {self.token[:-4]}AAAA{random.random()}"}

    def keyed(self) -> tuple[dict[str, Any], dict[str, str]]:
        """A visitor's command under a key of its own."""
        named = {"kind": "UNIVERSITY", "region": "340000", "nameZh": "学" * 50, "nameEn": "x"}
        return {"query": MUTATION, "variables": {"input": {**named, "idempotencyKey": str(random.random()) * 10}}}, {}

    def greedy(self) -> tuple[dict[str, Any], dict[str, str]]:
        """Somebody with an honest token and a dishonest appetite."""
        return {"query": COSTLY}, {"Authorization": f"Bearer {self.token}"}

    async def again(self, one: Callable[[], Awaitable[None]], number: int) -> None:
        """So many at once, each begun anew when it was ended."""

        async def forever() -> None:
            while time.monotonic() < self.until:
                try:
                    await asyncio.wait_for(one(), max(0.1, self.until - time.monotonic()))
                except Exception as error:  # noqa: BLE001 - whatever ends it, the next one is tried
                    self.got[f"{one.__name__} {type(error).__name__}"] += 1
                await asyncio.sleep(0.5)

        await asyncio.gather(*(forever() for _ in range(number)))

    async def slow_headers(self) -> None:
        """A request that never ends: a byte a second."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port, local_addr=(ADDRESS, 0))
        try:
            writer.write(b"POST /graphql HTTP/1.1\r\nHost: hub\r\nX-A: ")
            while not reader.at_eof():
                writer.write(b"a")
                await writer.drain()
                await asyncio.sleep(1)
        finally:
            writer.close()
        self.got["slow_headers ended"] += 1

    async def large_headers(self) -> None:
        """A header of 64 MB."""
        _, writer = await asyncio.open_connection("127.0.0.1", self.port, local_addr=(ADDRESS, 0))
        try:
            writer.write(b"GET /graphql HTTP/1.1\r\nHost: hub\r\nX-A: ")
            for _ in range(1_000):
                writer.write(b"a" * 64_000)
                await writer.drain()
        finally:
            writer.close()
        self.got["large_headers taken"] += 1

    async def silent_socket(self) -> None:
        """A WebSocket that says something else than it should, and then nothing."""
        address = f"ws://127.0.0.1:{self.port}/graphql"
        async with connect(address, subprotocols=["graphql-transport-ws"], local_addr=(ADDRESS, 0)) as socket:  # type: ignore[list-item]
            await socket.send(json.dumps({"type": "connection_init", "payload": {"Authorization": ["Bearer"]}}))
            await socket.wait_closed()
        self.got["silent_socket closed"] += 1
