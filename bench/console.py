"""Console: what each page costs the processor of a hub in one process, what the first one weighs, what its documents cost.

The pages are those that tests open (`tests/console/test_pages.py`), each by who opens it there.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil

from bench.sizes import size
from bench.turns import OURS, Figure, at_most, row, turns_wanted
from bench.unbounded import UNBOUNDED
from console.catalogue import SCREENS
from gateway.protocol.documents import Document, Documents
from gateway.protocol.limits import Limits
from gateway.schema import graphql_schema
from tests.browser.demo import world_of
from tests.console.browsing import Browser
from tests.console.test_pages import addresses
from tests.console.world import World
from tests.running.processes import RunningHub, running

LIGHT, QUICK = 60, 100
"""kB and ms: a page comes at once on a slow line, and the hub is no part of the waiting."""
MILLISECONDS, KILO = 1000, 1000


def measure() -> list[dict[str, Any]]:
    """Rows for the weight of the first page and for each page; the price of each operation below."""
    with tempfile.TemporaryDirectory() as home:
        settings = {"HUB_DEMO": "true", **UNBOUNDED}
        with running(RunningHub(Path(home), **settings)) as hub:
            weight = Figure((_first_page(hub) / KILO,))
            pages = _pages(hub, world_of(hub))
    return [
        row("console: the first page with all that it loads", "kB", {OURS: weight}, at_most(LIGHT)),
        *(row(f"console: {name}", "ms", {OURS: Figure(tuple(of))}, at_most(QUICK)) for name, of in pages.items()),
        *_prices(),
    ]


def _first_page(hub: RunningHub) -> int:
    """Bytes on the wire, of whatever is compressed."""
    browser = Browser(hub)
    loads = set(browser.page("/").loads)
    answers = [browser.get(path) for path in ("/", *sorted(loads))]
    browser.close()
    return sum(int(answer.headers["content-length"]) for answer in answers)


def _pages(hub: RunningHub, world: World) -> dict[str, list[float]]:
    """Milliseconds of processor time of the whole hub for each page, turn by turn."""
    pages = addresses(world)
    browsers = {persona: Browser(hub) for persona, _ in pages.values()}
    for persona, browser in browsers.items():
        if persona:
            browser.sign_in(persona)
    found: dict[str, list[float]] = {name: [] for name in pages}
    for persona, path in pages.values():  # a first time for templates and plans
        browsers[persona].page(path)
    for _ in range(turns_wanted()):
        for name, (persona, path) in pages.items():
            found[name].append(_milliseconds(hub, browsers[persona], path))
    for browser in browsers.values():
        browser.close()
    return found


def _milliseconds(hub: RunningHub, browser: Browser, path: str) -> float:
    process, number = psutil.Process(hub.pid("hub")), size("console_pages")
    before = process.cpu_times()
    for _ in range(number):
        browser.page(path)
    after = process.cpu_times()
    return (after.user + after.system - before.user - before.system) / number * MILLISECONDS


def _prices() -> Iterator[dict[str, Any]]:
    """What each operation of a screen costs of the 1,000 that it may (`tests/console/test_documents.py`)."""
    documents = Documents(graphql_schema(), Limits())
    for screen in SCREENS:
        for text in screen.texts():
            read = documents.read(text)
            assert isinstance(read, Document), read
            prices = {str(name): each.cost({}, Limits().page) for name, each in read.operations.items()}
            yield {"screen": screen.name, **prices}
