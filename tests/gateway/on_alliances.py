"""A gateway in front of one alliances service in this process, as whoever has the address of a page comes to it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from httpx import ASGITransport, AsyncClient, Response

from gateway.app import create_app
from gateway.viewer import Identity
from hub.embedded import EmbeddedWire
from hub.settings import read_settings
from kit.broker.bus import Unavailable
from kit.wire.request import Payload, Request
from tests.services.alliances.alliances_hub import AlliancesHub

HUB = "https://hub.example.cn"


class Believing:
    """Takes the token for the id of a person."""

    async def verify(self, token: str) -> Identity:
        return Identity(token)


class Wire(EmbeddedWire):
    """Keeps the calls that were sent, and fails them while `down`."""

    down = False

    def __init__(self, alliances: AlliancesHub) -> None:
        super().__init__(alliances.hub.broker)
        self.sent: list[str] = []

    async def send(self, service: str, request: Request) -> Payload:
        self.sent.append(f"{service}.{request.method}")
        if self.down:
            raise Unavailable("nobody serves alliances")
        return await super().send(service, request)


class OnAlliances:
    """Fetches addresses of the gateway, without a token or as `viewer`."""

    def __init__(self, alliances: AlliancesHub, client: AsyncClient, wire: Wire) -> None:
        self.alliances = alliances
        self.wire = wire
        self._client = client

    async def get(self, path: str, language: str = "zh-CN", **headers: str) -> Response:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return await self._client.get(path.removeprefix(HUB), headers={"accept-language": language, **named})

    async def graph(self, document: str, viewer: str = "", **variables: Any) -> Any:
        """The data of a GraphQL answer without errors."""
        headers = {"authorization": f"Bearer {viewer}"} if viewer else {}
        body = {"query": document, "variables": variables}
        answer = (await self._client.post("/graphql", json=body, headers=headers)).json()
        assert "errors" not in answer, answer
        return answer["data"]


@asynccontextmanager
async def on_alliances(alliances: AlliancesHub) -> AsyncIterator[OnAlliances]:
    wire = Wire(alliances)
    app = create_app(read_settings(), wire, Believing(), lambda: {"ready": True}, clock=alliances.clock)
    async with (
        app.router.lifespan_context(app),
        AsyncClient(transport=ASGITransport(app), base_url="http://gateway") as client,
    ):
        yield OnAlliances(alliances, client, wire)
