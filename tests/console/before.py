"""Before: the console's pages, in this very process, in front of the service of competitions."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager

import httpx
import pytest
from starlette.routing import BaseRoute

from console.app import console_routes
from console.assets import Assets
from console.rendering import Rendering
from console.sessions import Sessions
from console.setup import Setup
from gateway.app import create_app
from gateway.executor import Executor
from hub.settings import read_settings
from tests.console.answering import ORIGIN, SECRET, WAY, cookie
from tests.console.browsing import Page
from tests.gateway.graph.events.competitions.competing import Believing, CountingWire
from tests.services.events.events_hub import EventsHub


class Before:
    """The pages before the services of a test, and browsers of whoever it names."""

    def __init__(
        self, events: EventsHub, transport: httpx.ASGITransport, sessions: Sessions, opened: AsyncExitStack
    ) -> None:
        self.events = events
        self._transport = transport
        self._sessions = sessions
        self._opened = opened

    async def browser(self, person: str = "", language: str = "zh-CN") -> httpx.AsyncClient:
        """Somebody's, signed in where a person is named; its forms are those of our own pages."""
        cookies = {"hub_language": language} | ({"hub_session": cookie(self._sessions, person)} if person else {})
        client = httpx.AsyncClient(
            transport=self._transport, base_url=ORIGIN, headers={"origin": ORIGIN}, cookies=cookies
        )
        return await self._opened.enter_async_context(client)


async def page(browser: httpx.AsyncClient, path: str, status: int = 200) -> Page:
    answer = await browser.get(path)
    assert answer.status_code == status, (path, answer.status_code, answer.text[-3000:])
    return Page(answer.text)


async def sent(browser: httpx.AsyncClient, path: str, **typed: str) -> httpx.Response:
    """The form that stands at a path, with what somebody types."""
    return await browser.post(path, data={**(await page(browser, path)).form(path), **typed})


@asynccontextmanager
async def before(homes: pytest.TempPathFactory) -> AsyncIterator[Before]:
    """The pages in front of competitions alone, for all tests of a module: what other services know is away."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("HUB_HOME", str(homes.mktemp("before")))
        settings, events = read_settings(), EventsHub()
    sessions = Sessions(SECRET, secure=False)

    def pages(executor: Executor) -> Sequence[BaseRoute]:
        assets = Assets()
        return console_routes(Setup(executor, Rendering(assets), sessions, WAY, ORIGIN, events.clock), assets)

    wire = CountingWire(events.hub.broker)
    app = create_app(settings, wire, Believing(), lambda: {"ready": True}, clock=events.clock, pages=pages)
    async with app.router.lifespan_context(app), AsyncExitStack() as opened:
        yield Before(events, httpx.ASGITransport(app), sessions, opened)
    events.stop()
