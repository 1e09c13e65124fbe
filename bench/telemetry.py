"""Telemetry: what tracing and metrics cost, as requests a second of a hub with them beside one without, turn by turn.

The hub without is the same source with every counter replaced by nothing, and no collector. The one with them has the default
share of traces, a collector that takes them, and is scraped every second, which is more often than anybody does.
"""

from __future__ import annotations

import asyncio
import itertools
import tempfile
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import httpx

from bench.client import Client, body, client, data
from bench.sizes import size
from bench.turns import OURS, as_fast, by_turns, row
from bench.unbounded import UNBOUNDED
from kit.settings import SERVICES
from tests.gateway.test_page_costs import PAGE, fill
from tests.operating.next_release import copy_source
from tests.operating.traffic import REGISTER
from tests.running.collector import Collector
from tests.running.processes import ROOT, RunningHub, running
from tests.servers.postgres import PostgreSQL
from tests.servers.rabbitmq import RabbitMQ

IN_FLIGHT = 8
WITHOUT = "without it"
ALLIANCES, MEMBERS = 20, 5
COUNTERS = "from prometheus_client import "
NOTHING = '''"""Nothing: counts nothing."""


class Nothing:
    def __init__(self, *_, **__): ...
    def __getattr__(self, _): return lambda *_, **__: self
    def track_inprogress(self):
        from contextlib import nullcontext
        return nullcontext()


Counter = Gauge = Histogram = Nothing
'''
COUNTING = ("kit/telemetry/metrics.py", "gateway/metrics.py", "services/notify/delivery/service.py")
_numbers = itertools.count()

ASKED = body(PAGE, first=ALLIANCES)
Asking = Callable[[Client], Awaitable[Any]]


def measure(broker: RabbitMQ, database: PostgreSQL) -> list[dict[str, Any]]:
    """One row for reads and one for writes: requests a second with it, beside those without."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        collector = Collector()
        collector.start()
        stack.callback(collector.stop)
        hubs = {
            OURS: _hub(folder / "on", broker, database, ROOT, HUB_OTLP_ENDPOINT=collector.address),
            WITHOUT: _hub(folder / "off", broker, database, _without(folder / "source")),
        }
        for hub in hubs.values():
            stack.enter_context(running(hub))
            asyncio.run(_fill(hub))
        with _scraping(hubs[OURS]):
            return [
                _row(f"{what} with telemetry", hubs, asking)
                for what, asking in (("page", _page), ("command", _command))
            ]


def _hub(home: Path, broker: RabbitMQ, database: PostgreSQL, code: Path, **settings: str) -> RunningHub:
    home.mkdir()
    databases = {name: database.database(f"telemetry_{home.name}_{name}") for name in SERVICES}
    return RunningHub(home, broker.vhost(f"telemetry_{home.name}"), databases, code=code, **settings, **UNBOUNDED)


def _without(folder: Path) -> Path:
    copy_source(folder)
    (folder / "kit" / "nothing.py").write_text(NOTHING)
    for name in COUNTING:
        text = (folder / name).read_text(encoding="utf-8")
        assert COUNTERS in text, name
        (folder / name).write_text(text.replace(COUNTERS, "from kit.nothing import "), encoding="utf-8")
    return folder


async def _fill(hub: RunningHub) -> None:
    async with httpx.AsyncClient(base_url=hub.url.removesuffix("/graphql"), timeout=30) as http:
        await fill(http, ALLIANCES, MEMBERS, hub.token("hub-office"))


@contextmanager
def _scraping(hub: RunningHub) -> Iterator[None]:
    stopping = threading.Event()

    def scrape() -> None:
        while not stopping.wait(1):
            for port in hub.health_ports.values():
                httpx.get(f"http://127.0.0.1:{port}/metrics")

    thread = threading.Thread(target=scrape)
    thread.start()
    try:
        yield
    finally:
        stopping.set()
        thread.join()


def _row(question: str, hubs: dict[str, RunningHub], asking: Asking) -> dict[str, Any]:
    def turn(hub: RunningHub) -> Callable[[], float]:
        return lambda: asyncio.run(_rate(hub, asking))

    sides = {name: turn(hub) for name, hub in hubs.items()}
    for warm_up in sides.values():
        warm_up()
    return row(question, "requests/s", by_turns(sides), as_fast(0.95), peer=WITHOUT)


async def _rate(hub: RunningHub, asking: Asking) -> float:
    done, end = 0, time.perf_counter() + size("telemetry_seconds")

    async def caller() -> None:
        nonlocal done
        async with client(hub, "hub-office") as one:
            while time.perf_counter() < end:
                await asking(one)
                done += 1

    await asyncio.gather(*(caller() for _ in range(IN_FLIGHT)))
    return done / size("telemetry_seconds")


async def _page(one: Client) -> None:
    page = data(await one.post(ASKED))
    assert len(page["alliances"]["nodes"][-1]["members"]["nodes"]) == MEMBERS


async def _command(one: Client) -> None:
    name = f"单位{next(_numbers)}"
    input_ = {"kind": "UNIVERSITY", "region": "340000", "nameZh": name, "nameEn": name}
    payload = data(await one.post(body(REGISTER, input=input_)))
    assert payload["registerOrganization"]["problems"] == []
