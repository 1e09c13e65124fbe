"""Judged: the console's pages, in this very process, in front of a stage that is being judged."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

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
from gateway.graph.relay import to_global_id
from hub.settings import read_settings
from tests.console.answering import ORIGIN, SECRET, WAY, cookie
from tests.console.browsing import Page
from tests.gateway.graph.events.competitions.competing import Believing, CountingWire
from tests.services.events.events_hub import EventsHub
from tests.services.events.judging.scoring.judging import Judging


class Judged:
    """The stage, and browsers of those who judge and run it."""

    def __init__(self, judging: Judging, transport: httpx.ASGITransport, sessions: Sessions) -> None:
        self.judging = judging
        self.stage = to_global_id("Stage", judging.stage_id)
        self._transport = transport
        self._sessions = sessions
        self.opened = AsyncExitStack()

    async def browser(self, person: str = "", language: str = "zh-CN") -> httpx.AsyncClient:
        """Somebody's, signed in where a person is named; its forms are those of our own pages."""
        cookies = {"hub_language": language} | ({"hub_session": cookie(self._sessions, person)} if person else {})
        client = httpx.AsyncClient(
            transport=self._transport, base_url=ORIGIN, headers={"origin": ORIGIN}, cookies=cookies
        )
        return await self.opened.enter_async_context(client)

    def sheets(self, judge: str = "judge-1") -> list[str]:
        """The pages of a judge's sheets, by code."""
        return [f"/judging/sheets/{to_global_id('Sheet', each['id'])}" for each in self.judging.my_sheets(judge)]


async def page(browser: httpx.AsyncClient, path: str, status: int = 200) -> Page:
    answer = await browser.get(path)
    assert answer.status_code == status, (path, answer.status_code, answer.text[-3000:])
    return Page(answer.text)


@asynccontextmanager
async def judged(home: Path, monkeypatch: pytest.MonkeyPatch, entries: int = 2) -> AsyncIterator[Judged]:
    """A stage at the beginning of its judging, with two judges who judge every code."""
    monkeypatch.setenv("HUB_HOME", str(home))
    events = EventsHub()
    judging = Judging(events, entries=entries)
    sessions = Sessions(SECRET, secure=False)

    def pages(executor: Executor) -> Sequence[BaseRoute]:
        assets = Assets()
        return console_routes(Setup(executor, Rendering(assets), sessions, WAY, ORIGIN, events.clock), assets)

    wire = CountingWire(events.hub.broker)
    app = create_app(read_settings(), wire, Believing(), lambda: {"ready": True}, clock=events.clock, pages=pages)
    async with app.router.lifespan_context(app):
        found = Judged(judging, httpx.ASGITransport(app), sessions)
        async with found.opened:
            yield found
    events.stop()
