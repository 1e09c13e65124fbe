"""Page: 50 alliances with 5 members each over HTTP from a distributed hub: requests a second, and what one costs the gateway.

The peer is a second gateway of the same hub whose compiled plans are turned off; the two take turns.
"""

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

from bench.client import Client, body, client, data
from bench.plain_gateway import plain_gateway
from bench.sizes import size
from bench.turns import OURS, Figure, at_least, at_most, by_turns, row
from bench.unbounded import UNBOUNDED
from kit.settings import SERVICES
from tests.gateway.counted import CountedHub, ask
from tests.gateway.test_page_costs import PAGE, fill
from tests.running.processes import RunningHub, running
from tests.servers.postgres import PostgreSQL
from tests.servers.rabbitmq import RabbitMQ

ALLIANCES, MEMBERS, MILLISECONDS = 50, 5, 1000
BEFORE = 11  # requests a second at 8 clients, before documents were compiled
REACHES = {1: None, 8: at_least(8 * BEFORE)}
GATEWAY = at_most(6)
PLAIN = "graphql-core"


def measure(broker: RabbitMQ, database: PostgreSQL) -> list[dict[str, Any]]:
    """Rates and the gateway's processor time with 1 and 8 clients by turns; calls and statements counted in process."""
    with tempfile.TemporaryDirectory() as home:
        calls, statements = asyncio.run(_cost(Path(home)))
    with _filled(broker, database) as hub, plain_gateway(hub) as (port, process):
        gateways = {OURS: (hub.port, hub.pid("gateway")), PLAIN: (port, process)}
        rows = [row for number in REACHES for row in _rows(hub, gateways, number)]
    return [*rows, {"what": "one page", "calls": calls, "statements": statements}]


def _rows(hub: RunningHub, gateways: dict[str, tuple[int, int]], number: int) -> Iterator[dict[str, Any]]:
    sides = {name: Clients(hub, number, *gateway) for name, gateway in gateways.items()}
    for each in sides.values():
        each.turn()  # the document is read and compiled
        each.gateway.clear()
    rates = by_turns({name: each.turn for name, each in sides.items()})
    spent = {name: Figure(tuple(each.gateway)) for name, each in sides.items()}
    what = f"page 50 × 5 over HTTP, distributed, {number} at a time"
    yield row(what, "requests/s", rates, REACHES[number], peer=PLAIN)
    yield row(f"{what}: gateway's processor", "ms", spent, GATEWAY, peer=PLAIN)


class Clients:
    """So many clients that ask for the page, each again when it is answered; `gateway` has what one cost it, a number a turn."""

    def __init__(self, hub: RunningHub, number: int, port: int, process: int) -> None:
        self.gateway: list[float] = []
        self._hub, self._number, self._port = hub, number, port
        self._process = psutil.Process(process)

    def turn(self) -> float:
        """Pages a second."""
        before, began = self._spent(), time.perf_counter()
        pages = asyncio.run(self._pages())
        seconds = time.perf_counter() - began
        self.gateway.append((self._spent() - before) / pages * MILLISECONDS)
        return pages / seconds

    def _spent(self) -> float:
        times = self._process.cpu_times()
        return float(times.user + times.system)

    async def _pages(self) -> int:
        end = time.perf_counter() + size("page_seconds")
        return sum(await asyncio.gather(*(self._asks_until(end) for _ in range(self._number))))

    async def _asks_until(self, end: float) -> int:
        asked, pages = body(PAGE, first=ALLIANCES), 0
        async with client(self._hub, port=self._port) as one:
            whole = await _whole(one, asked)
            while time.perf_counter() < end:
                assert len(await one.post(asked)) == whole
                pages += 1
        return pages + 1


async def _whole(one: Client, asked: bytes) -> int:
    """How long the answer is, once it is seen to be the whole page."""
    answer = await one.post(asked)
    alliances = data(answer)["alliances"]["nodes"]
    assert [len(each["members"]["nodes"]) for each in alliances] == [MEMBERS] * ALLIANCES
    return len(answer)


@contextmanager
def _filled(broker: RabbitMQ, database: PostgreSQL) -> Iterator[RunningHub]:
    with tempfile.TemporaryDirectory() as home:
        databases = {name: database.database(f"page_{name}") for name in SERVICES}
        with running(RunningHub(Path(home), broker.vhost("page"), databases, **UNBOUNDED)) as hub:
            asyncio.run(_fill(hub))
            yield hub


async def _fill(hub: RunningHub) -> None:
    async with httpx.AsyncClient(base_url=hub.url.removesuffix("/graphql"), timeout=30) as http:
        await fill(http, ALLIANCES, MEMBERS, hub.token("hub-office"))


async def _cost(home: Path) -> tuple[int, int]:
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("HUB_HOME", str(home))
        counted = CountedHub()
    counted.start()
    async with counted.client() as client_:
        await fill(client_, 2, MEMBERS)
        counted.reset()
        await ask(client_, PAGE, first=2)
        cost = len(counted.calls), len(counted.statements)
    counted.hub.stop()
    return cost
