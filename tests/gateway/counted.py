"""Counted: an embedded hub in this process whose calls and SQL statements are counted, asked through its ASGI app."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import httpx
from sqlalchemy import event
from starlette.applications import Starlette

from contracts.authority import Role, Scope
from gateway.app import create_app
from gateway.rpc import Wire
from gateway.viewer import Identity
from hub.embedded import EmbeddedWire
from hub.services import all_services
from hub.settings import read_settings
from kit.clock import MovableClock
from kit.wire.request import Payload, Request
from services.alliances.authority.roles.commands import grant_role
from tests.databases.ground import hub_of


class CountedHub:
    """`calls` are the RPC calls since the last `reset`, `statements` the SQL of all services, without the pumps' own."""

    def __init__(self) -> None:
        settings = replace(read_settings(), demo=False)
        self.hub = hub_of(all_services(), MovableClock(), settings)
        self.calls: list[str] = []
        self.statements: list[str] = []
        self._settings = settings

    def start(self) -> None:
        self.hub.start()
        for runtime in self.hub.runtimes.values():
            event.listen(runtime.database.engine, "before_cursor_execute", self._count)
        with self.hub.runtimes["alliances"].database.transaction() as session:
            grant_role(session, person="office", role=Role.HUB_OFFICE, scope=Scope.hub())
        self.hub.settle(60)

    def reset(self) -> None:
        self.hub.settle(60)
        self.calls.clear()
        self.statements.clear()

    def _count(self, _connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not (statement.startswith("BEGIN") or threading.current_thread().name.startswith("pump")):
            self.statements.append(statement)

    @asynccontextmanager
    async def app(self) -> AsyncIterator[Starlette]:
        app = create_app(self._settings, _Counting(EmbeddedWire(self.hub.broker), self.calls), _Believing(), dict)
        async with app.router.lifespan_context(app):
            yield app

    @asynccontextmanager
    async def client(self) -> AsyncIterator[httpx.AsyncClient]:
        async with self.app() as app:
            transport = httpx.ASGITransport(app=app)
            async with httpx.AsyncClient(transport=transport, base_url="http://hub") as client:
                yield client


async def ask(client: httpx.AsyncClient, document: str, token: str | None = "office", **variables: Any) -> Any:
    headers = {"Accept": "application/graphql-response+json"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    response = await client.post("/graphql", json={"query": document, "variables": variables}, headers=headers)
    body = response.json()
    assert "errors" not in body, body["errors"]
    return body["data"]


class _Counting:
    def __init__(self, wire: Wire, calls: list[str]) -> None:
        self._wire = wire
        self._calls = calls
        self.overhear = wire.overhear
        self.connected = wire.connected

    async def send(self, service: str, request: Request) -> Payload:
        self._calls.append(f"{service}.{request.method}")
        return await self._wire.send(service, request)


class _Believing:
    """Takes every token for the name of its bearer."""

    async def verify(self, token: str) -> Identity:
        await asyncio.sleep(0)
        return Identity(token)
