"""Page: GraphQL requests per second for a page of 50 alliances with 5 members each, distributed, and what one costs."""

from __future__ import annotations

import asyncio
import tempfile
import time
from pathlib import Path
from typing import Any

import httpx
import pytest

from bench.unbounded import UNBOUNDED
from kit.settings import SERVICES
from tests.gateway.counted import CountedHub, ask
from tests.gateway.test_page_costs import PAGE, fill
from tests.running.processes import RunningHub, running
from tests.servers.postgres import PostgreSQL
from tests.servers.rabbitmq import RabbitMQ

ALLIANCES, MEMBERS, SECONDS = 50, 5, 8


def measure(broker: RabbitMQ, database: PostgreSQL) -> list[dict[str, Any]]:
    """Rates at 1 and 8 requests in flight over RabbitMQ and PostgreSQL; calls and statements counted in process."""
    with tempfile.TemporaryDirectory() as home:
        calls, statements = asyncio.run(_cost(Path(home)))
    with tempfile.TemporaryDirectory() as home:
        databases = {name: database.database(f"page_{name}") for name in SERVICES}
        with running(RunningHub(Path(home), broker.vhost("page"), databases, **UNBOUNDED)) as hub:
            asyncio.run(_fill(hub))
            return [
                {"in_flight": number, **asyncio.run(_rate(hub, number)), "calls": calls, "statements": statements}
                for number in (1, 8)
            ]


async def _cost(home: Path) -> tuple[int, int]:
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("HUB_HOME", str(home))
        counted = CountedHub()
    counted.start()
    async with counted.client() as client:
        await fill(client, ALLIANCES, MEMBERS)
        counted.reset()
        await ask(client, PAGE, first=ALLIANCES)
        cost = len(counted.calls), len(counted.statements)
    counted.hub.stop()
    return cost


async def _fill(hub: RunningHub) -> None:
    async with httpx.AsyncClient(base_url=hub.url.removesuffix("/graphql")) as client:
        await fill(client, ALLIANCES, MEMBERS, hub.token("hub-office"))


async def _rate(hub: RunningHub, in_flight: int) -> dict[str, float]:
    waits: list[float] = []
    end = time.perf_counter() + SECONDS

    async def caller() -> None:
        async with httpx.AsyncClient(base_url=hub.url.removesuffix("/graphql")) as client:
            while (begun := time.perf_counter()) < end:
                page = await ask(client, PAGE, None, first=ALLIANCES)
                assert len(page["alliances"]["nodes"][-1]["members"]["nodes"]) == MEMBERS
                waits.append(time.perf_counter() - begun)

    await asyncio.gather(*(caller() for _ in range(in_flight)))
    waits.sort()
    return {
        "requests_per_s": len(waits) / SECONDS,
        "p50_ms": waits[len(waits) // 2] * 1000,
        "p99_ms": waits[int(len(waits) * 0.99)] * 1000,
    }
