"""Sending: a gateway with a store of its own and no services behind it, and tickets as the events service signs them."""

from __future__ import annotations

import asyncio
import base64
import hashlib
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from httpx import ASGITransport, AsyncClient, Response

from contracts.base import Refusal
from contracts.events.judging.works import FILE_TICKET
from contracts.uploads import PIECE_TICKET, piece_key
from gateway.app import create_app
from gateway.viewer import Identity
from hub.settings import read_settings
from kit.clock import MovableClock
from kit.files.store import Store, chunks_of, put
from kit.files.stores import store_of
from kit.files.tickets import tickets_of
from kit.ids import new_id
from kit.wire.request import Payload, Request, refused_payload

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
SENDER = "teacher"
IN_BOTH_STORES = pytest.mark.parametrize("gateway", ["folder", "bucket"], indirect=True)


class FakeEvents:
    """A wire with an events service that knows one file, or refuses."""

    def __init__(self) -> None:
        self.file: dict[str, Any] | Refusal = {}
        self.calls: list[str] = []

    async def send(self, service: str, request: Request) -> Payload:
        self.calls.append(f"{service}.{request.method}")
        if isinstance(self.file, Refusal):
            return refused_payload(self.file)
        return {"result": self.file, "error": None}

    def overhear(self, types: Iterable[str], hear: Any) -> None:
        """Nothing is said here."""

    def connected(self) -> bool:
        return True


class Believing:
    """Takes the token for the id of a person; whether tokens hold is tested elsewhere."""

    async def verify(self, token: str) -> Identity:
        return Identity(token)


class WorksGateway:
    """Sends pieces and fetches files, as SENDER where nobody else is named."""

    def __init__(self, client: AsyncClient, events: FakeEvents, clock: MovableClock) -> None:
        self.client = client
        self.events = events
        self.clock = clock
        self.settings = read_settings()

    @property
    def store(self) -> Store:
        return store_of(self.settings)

    def ticket(
        self, *, size: int, piece_size: int = 1_000, upload: str | None = None, **claims: Any
    ) -> tuple[str, str]:
        """The id of an upload and the ticket for its pieces."""
        upload = upload or new_id()
        facts = {"upload": upload, "person": SENDER, "size": size, "piece_size": piece_size, **claims}
        return upload, tickets_of(self.settings).sign(PIECE_TICKET, facts, until=self.clock.now() + timedelta(hours=1))

    def file_ticket(self, **claims: Any) -> str:
        until = self.clock.now() + timedelta(hours=1)
        return tickets_of(self.settings).sign(FILE_TICKET, claims or {"version": new_id()}, until=until)

    async def put(self, ticket: str, number: object, content: Any, viewer: str = SENDER, **headers: str) -> Response:
        """Send a piece, with its digest unless another one is given."""
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        if isinstance(content, bytes):
            given = {"content-digest": digest(content), **given}
        if viewer:
            given["authorization"] = f"Bearer {viewer}"
        return await self.client.put(f"/works/pieces/{ticket}/{number}", content=content, headers=given)

    async def get(self, ticket: str, method: str = "GET") -> Response:
        return await self.client.request(method, f"/works/files/{ticket}")

    async def settled(self) -> None:
        """Return once what was begun has come as far as it can."""
        for _ in range(50):
            await asyncio.sleep(0.001)

    def holds(self, content: bytes, key: str = "works/one", **file: Any) -> None:
        """Let the events service know a file that the store holds."""
        put(self.store, key, [content])
        self.events.file = {
            "key": key,
            "name": "one.pdf",
            "media_type": "application/pdf",
            "size": len(content),
            **file,
        }

    def kept(self, upload: str, number: int) -> bytes | None:
        """The piece as the store has it."""
        if self.store.size(piece_key(upload, number)) is None:
            return None
        with closing(self.store.get(piece_key(upload, number))) as reader:
            return b"".join(chunks_of(reader))


@asynccontextmanager
async def works_gateway() -> AsyncIterator[WorksGateway]:
    events, clock = FakeEvents(), MovableClock(NOW)
    app = create_app(read_settings(), events, Believing(), dict, clock=clock)
    async with (
        app.router.lifespan_context(app),
        AsyncClient(transport=ASGITransport(app), base_url="http://gateway") as client,
    ):
        yield WorksGateway(client, events, clock)


def digest(content: bytes) -> str:
    return f"sha-256=:{base64.b64encode(hashlib.sha256(content).digest()).decode()}:"


def code(response: Response) -> tuple[int, str]:
    """The status and the code of a problem, which is complete."""
    problem = response.json()
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["cache-control"] == "no-store"
    assert problem["status"] == response.status_code
    assert set(problem) == {"type", "title", "status", "detail", "code"}
    assert problem["detail"] and "{" not in problem["detail"]
    return response.status_code, problem["code"]
