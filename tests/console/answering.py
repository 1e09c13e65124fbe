"""Answering: the console's pages in this very process, in front of an executor that says what a test tells it to."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, cast

import httpx
from starlette.applications import Starlette
from starlette.requests import HTTPConnection
from starlette.responses import Response

from console.app import console_routes
from console.assets import Assets
from console.rendering import Rendering
from console.sessions import Sessions
from console.setup import Setup
from console.way import Persona, Way
from gateway.executor import Asked, Executor
from gateway.viewer import Identity, InvalidToken
from kit.clock import MovableClock

ORIGIN = "http://hub"
SECRET = "s" * 32
WAY = Way((Persona("zhao", "赵老师", "Ms Zhao"),), lambda name: name)


class Answering:
    """An executor that gives the same body to whatever is asked, or fails; it believes every token but one."""

    def __init__(self) -> None:
        self.body: dict[str, Any] | Exception = {}
        self.asked: list[Asked] = []

    async def known(self, token: str, _since: datetime | None = None) -> Identity:
        if token == "expired":
            raise InvalidToken("expired")
        return Identity(token, name="赵")

    async def answer(self, _from: HTTPConnection, _who: Identity | None, _in: str, asked: Asked) -> dict[str, Any]:
        self.asked.append(asked)
        if isinstance(self.body, Exception):
            raise self.body
        return self.body

    def keys(self) -> list[str]:
        """The idempotency keys of the commands that were asked for, in their order."""
        return [asked.variables["input"]["idempotencyKey"] for asked in self.asked if "input" in asked.variables]


def browsing(answering: Answering, token: str = "", *, address: str = "127.0.0.1") -> httpx.AsyncClient:
    """A browser at this address, signed in where a token is named, whose forms are those of our own pages."""
    assets, clock, sessions = Assets(), MovableClock(datetime(2026, 12, 1, tzinfo=UTC)), Sessions(SECRET, secure=False)
    setup = Setup(cast("Executor", answering), Rendering(assets), sessions, WAY, ORIGIN, clock)
    transport = httpx.ASGITransport(Starlette(routes=[*console_routes(setup, assets)]), client=(address, 1))
    cookies = {"hub_session": cookie(sessions, token)} if token else {}
    return httpx.AsyncClient(transport=transport, base_url=ORIGIN, headers={"origin": ORIGIN}, cookies=cookies)


def cookie(sessions: Sessions, token: str) -> str:
    response = Response()
    sessions.keep(response, token)
    return response.headers["set-cookie"].partition(";")[0].partition("=")[2]
