"""A hub with the demo's data, which its tests change, and Debian's Chromium in front of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.browser.demo import world_of
from tests.browser.looks import Look
from tests.browser.opening import chromium, opened
from tests.console.world import World
from tests.running.processes import RunningHub, running

Open = Callable[..., BrowserContext]


@pytest.fixture(scope="session")
def shown_hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHub]:
    with running(RunningHub(tmp_path_factory.mktemp("shown"), HUB_DEMO="true")) as hub:
        yield hub


@pytest.fixture(scope="session")
def shown_world(shown_hub: RunningHub) -> World:
    return world_of(shown_hub)


@pytest.fixture(scope="module")
def _chromium() -> Iterator[Browser]:
    """Ended with its module: while it runs, no test of the same process can have an event loop of its own."""
    with chromium() as browser:
        yield browser


@pytest.fixture
def open_(_chromium: Browser, shown_hub: RunningHub) -> Iterator[Open]:
    """A browser of somebody, signed in where a persona is named."""
    contexts: list[BrowserContext] = []

    def open_one(persona: str = "", look: Look | None = None, **more: Any) -> BrowserContext:
        contexts.append(opened(_chromium, shown_hub, persona, look, **more))
        return contexts[-1]

    yield open_one
    for each in contexts:
        each.close()
