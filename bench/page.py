"""Page: 50 alliances with 5 members each over HTTP from a distributed hub: requests a second, and what one costs the gateway."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest

from bench.turns import OURS, Figure, at_least, at_most, by_turns, row
from bench.unbounded import UNBOUNDED
from kit.settings import SERVICES
from tests.gateway.counted import CountedHub, ask
from tests.gateway.test_page_costs import PAGE, fill
from tests.running.processes import RunningHub, running
from tests.servers.postgres import PostgreSQL
from tests.servers.rabbitmq import RabbitMQ

ALLIANCES, MEMBERS, SECONDS, MILLISECONDS = 50, 5, 4, 1000
BEFORE = 11  # requests a second at 8 clients, before documents were compiled
REACHES = {1: None, 8: at_least(8 * BEFORE)}
GATEWAY = at_most(6)


def measure(broker: RabbitMQ, database: PostgreSQL) -> list[dict[str, Any]]:
    """Rates and the gateway's processor time with 1 and 8 clients by turns; calls and statements counted in process."""
    with tempfile.TemporaryDirectory() as home:
        calls, statements = asyncio.run(_cost(Path(home)))
    with _filled(broker, database) as hub:
        clients = {number: Clients(hub, number) for number in REACHES}
        rates = by_turns({str(number): each.turn for number, each in clients.items()})
    rows = []
    for number, each in clients.items():
        what = f"page 50 × 5 over HTTP, distributed, {number} at a time"
        rows.append(row(what, "requests/s", {OURS: rates[str(number)]}, REACHES[number]))
        rows.append(row(f"{what}: gateway's processor", "ms", {OURS: Figure(tuple(each.gateway))}, GATEWAY))
    return [*rows, {"what": "one page", "calls": calls, "statements": statements}]


class Clients:
    """So many clients that ask for the page, each again when it is answered; `gateway` has what one cost it, a number a turn."""

    def __init__(self, hub: RunningHub, number: int) -> None:
        self.gateway: list[float] = []
        self._hub = hub
        self._number = number

    def turn(self) -> float:
        """Pages a second."""
        gateway = psutil.Process(self._hub.pid("gateway"))
        before, began = gateway.cpu_times(), time.perf_counter()
        pages = asyncio.run(self._pages())
        seconds, after = time.perf_counter() - began, gateway.cpu_times()
        spent = after.user + after.system - before.user - before.system
        self.gateway.append(spent / pages * MILLISECONDS)
        return pages / seconds

    async def _pages(self) -> int:
        end = time.perf_counter() + SECONDS

        async def client() -> int:
            pages = 0
            async with _client(self._hub) as http:
                while time.perf_counter() < end:
                    page = await ask(http, PAGE, None, first=ALLIANCES)
                    assert len(page["alliances"]["nodes"][-1]["members"]["nodes"]) == MEMBERS
                    pages += 1
            return pages

        return sum(await asyncio.gather(*(client() for _ in range(self._number))))


@contextmanager
def _filled(broker: RabbitMQ, database: PostgreSQL) -> Iterator[RunningHub]:
    with tempfile.TemporaryDirectory() as home:
        databases = {name: database.database(f"page_{name}") for name in SERVICES}
        with running(RunningHub(Path(home), broker.vhost("page"), databases, **UNBOUNDED)) as hub:
            asyncio.run(_fill(hub))
            yield hub


async def _fill(hub: RunningHub) -> None:
    async with _client(hub) as client:
        await fill(client, ALLIANCES, MEMBERS, hub.token("hub-office"))


def _client(hub: RunningHub) -> httpx.AsyncClient:
    return httpx.AsyncClient(base_url=hub.url.removesuffix("/graphql"), timeout=30)


async def _cost(home: Path) -> tuple[int, int]:
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("HUB_HOME", str(home))
        counted = CountedHub()
    counted.start()
    async with counted.client() as client:
        await fill(client, 2, MEMBERS)
        counted.reset()
        await ask(client, PAGE, first=2)
        cost = len(counted.calls), len(counted.statements)
    counted.hub.stop()
    return cost
