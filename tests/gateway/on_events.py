"""A gateway in front of one events service in this process, spoken to by plain HTTP."""

from __future__ import annotations

import base64
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from httpx import ASGITransport, AsyncClient, Response

from gateway.app import create_app
from gateway.viewer import Identity
from hub.embedded import EmbeddedWire
from hub.settings import read_settings
from kit.wire.request import Payload, Request
from tests.services.events.events_hub import EventsHub


class Believing:
    """Takes the token for the id of a person; whether tokens hold is tested elsewhere."""

    async def verify(self, token: str) -> Identity:
        return Identity(token)


class Wire(EmbeddedWire):
    """Keeps what was asked; `instead` may answer in the place of the service."""

    instead: Callable[[Request], Payload | None] | None = None

    def __init__(self, events: EventsHub) -> None:
        super().__init__(events.hub.broker)
        self.asked: list[Request] = []

    async def send(self, service: str, request: Request) -> Payload:
        self.asked.append(request)
        return (self.instead and self.instead(request)) or await super().send(service, request)


class OnEvents:
    """Asks as `viewer` (empty: a visitor)."""

    def __init__(self, client: AsyncClient, wire: Wire, events: EventsHub) -> None:
        self.client = client
        self.wire = wire
        self.events = events

    async def get(self, path: str, viewer: str = "", language: str = "zh-CN", **headers: str) -> Response:
        given = {"accept-language": language, **({"authorization": f"Bearer {viewer}"} if viewer else {})}
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return await self.client.get(path, headers={**given, **named})

    async def graph(self, document: str, viewer: str = "", language: str = "en", **variables: Any) -> Any:
        headers = {"accept-language": language, **({"authorization": f"Bearer {viewer}"} if viewer else {})}
        body = {"query": document, "variables": variables}
        response = (await self.client.post("/graphql", json=body, headers=headers)).json()
        assert "errors" not in response, response
        return response["data"]


@asynccontextmanager
async def on_events(events: EventsHub) -> AsyncIterator[OnEvents]:
    wire = Wire(events)
    app = create_app(read_settings(), wire, Believing(), dict, clock=events.clock)
    async with (
        app.router.lifespan_context(app),
        AsyncClient(transport=ASGITransport(app), base_url="http://gateway") as client,
    ):
        yield OnEvents(client, wire, events)


def global_id(type_name: str, id_: str) -> str:
    return base64.urlsafe_b64encode(f"{type_name}:{id_}".encode()).decode()
