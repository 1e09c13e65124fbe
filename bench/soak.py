"""Soak: honest people at a steady pace, first alone and then beside strangers who mean harm; what it does to them.

    python -m bench.soak --minutes 10

Prints the honest people's p50 and p99 of both times and their ratio, each process's memory at the beginning and at the end,
what the strangers were answered, and whether every command that was accepted stands.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click
import httpx
import psutil

from bench.strangers import Strangers
from kit.ids import new_id
from tests.faults import ledger
from tests.gateway.test_page_costs import PAGE, fill
from tests.running import season
from tests.running.fixtures import distributed
from tests.running.processes import RunningHub, running
from tests.servers.postgres import PostgreSQL
from tests.servers.rabbitmq import RabbitMQ

ADDRESS = "127.0.0.3"
PATIENCE = 30.0  # seconds for which a command without an answer is asked again
PACE = 0.4  # seconds between two requests of one person
INBOX = "{ notices(first: 10) { nodes { id title } } }"
MEBI = 2**20


@dataclass
class Honest:
    """People at their work: `waits` in seconds, `accepted` commands, and what went wrong."""

    hub: RunningHub
    membership: str
    waits: list[float] = field(default_factory=list)
    accepted: int = 0
    failed: Counter[str] = field(default_factory=Counter)

    async def run(self, seconds: float) -> None:
        """A visitor reads, a representative looks at the inbox, a secretariat suspends and resumes a member."""
        until = time.monotonic() + seconds
        await asyncio.gather(
            *(self.reading(PAGE, None, until, first=10) for _ in range(3)),
            *(self.reading(INBOX, "huangshan", until) for _ in range(2)),
            self.deciding(until),
        )

    def client(self, persona: str | None) -> httpx.AsyncClient:
        headers = {"Authorization": f"Bearer {self.hub.token(persona)}"} if persona else {}
        transport = httpx.AsyncHTTPTransport(local_address=ADDRESS, retries=1)
        return httpx.AsyncClient(transport=transport, headers=headers, timeout=30)

    async def reading(self, document: str, persona: str | None, until: float, **variables: Any) -> None:
        async with self.client(persona) as client:
            while time.monotonic() < until:
                await self.asked(client, document, **variables)
                await asyncio.sleep(PACE)

    async def deciding(self, until: float) -> None:
        """Each command under a key of its own; one without an answer is asked again under the same key."""
        async with self.client("secretariat") as client:
            suspends = True
            while time.monotonic() < until:
                name, reason = ("suspendMember", {"reason": "soak"}) if suspends else ("resumeMember", {})
                input_ = {"membershipId": self.membership, "idempotencyKey": new_id(), **reason}
                kind = name[0].upper() + name[1:]
                document = f"mutation($input: {kind}Input!) {{ {name}(input: $input) {{ problems {{ code }} }} }}"
                data = None
                while data is None and time.monotonic() < until + PATIENCE:
                    data = await self.asked(client, document, input=input_)
                    await asyncio.sleep(PACE)
                self.accepted += data is not None and not data[name]["problems"]
                suspends = not suspends

    async def asked(self, client: httpx.AsyncClient, document: str, **variables: Any) -> Any:
        """The data of an answer without errors, timed; None for any other."""
        began = time.perf_counter()
        try:
            body = (await client.post(self.hub.url, json={"query": document, "variables": variables})).json()
        except (httpx.HTTPError, ValueError) as error:
            self.failed[type(error).__name__] += 1
            return None
        self.waits.append(time.perf_counter() - began)
        for error in body.get("errors", ()):
            self.failed[error["extensions"]["code"]] += 1
        return None if "errors" in body else body["data"]

    def quantile(self, share: float) -> float:
        return sorted(self.waits)[int(len(self.waits) * share)] * 1000


def steps(hub: RunningHub) -> int:
    """How many steps all memberships have taken, in the database of alliances."""
    return int(ledger.rows(hub, "alliances", "SELECT count(*) FROM membership_steps")[0][0])


def memory(hub: RunningHub) -> dict[str, float]:
    """Resident MiB by process."""
    return {name: psutil.Process(hub.pid(name)).memory_info().rss / MEBI for name in hub.names}


def attack(port: int, seconds: float, token: str, got: Any) -> None:
    """The strangers, in a process of their own."""
    strangers = Strangers(port, time.monotonic() + seconds, token)
    asyncio.run(strangers.run())
    got.update(strangers.got)


def soak(hub: RunningHub, alone: float, beside: float) -> dict[str, Any]:
    """So many seconds alone, so many beside strangers."""
    asyncio.run(_fill(hub))
    alliance = season.found(hub, "联盟", "secretariat")
    membership = season.admit(hub, alliance, season.register(hub, "huangshan", email=False), "secretariat")
    began = steps(hub)
    first = Honest(hub, membership)
    asyncio.run(first.run(alone))
    with multiprocessing.Manager() as manager:
        got = manager.dict()
        enemies = multiprocessing.Process(target=attack, args=(hub.port, beside, hub.token("nobody"), got))
        enemies.start()
        second = Honest(hub, membership)
        asyncio.run(second.run(beside / 4))
        before = memory(hub)
        asyncio.run(second.run(beside / 2))
        after = memory(hub)
        enemies.join(beside)
        answers = dict(got)
    ledger.wait_until_settled(hub)
    accepted = first.accepted + second.accepted
    return {
        "alone": {"requests": len(first.waits), "p50_ms": first.quantile(0.5), "p99_ms": first.quantile(0.99)},
        "beside": {"requests": len(second.waits), "p50_ms": second.quantile(0.5), "p99_ms": second.quantile(0.99)},
        "p99_ratio": second.quantile(0.99) / first.quantile(0.99),
        "failed": {"alone": dict(first.failed), "beside": dict(second.failed)},
        "memory_mib": {name: (round(before[name]), round(after[name])) for name in before},
        "accepted": accepted,
        "standing": steps(hub) - began,
        "strangers": dict(sorted(answers.items())),
    }


async def _fill(hub: RunningHub) -> None:
    async with httpx.AsyncClient(base_url=hub.url.removesuffix("/graphql")) as client:
        await fill(client, 20, 5, hub.token("hub-office"))


@click.command()
@click.option("--minutes", default=10.0, show_default=True, help="in all, a third of it without strangers")
def main(*, minutes: float) -> None:
    """Measure on private servers, and print what was found."""
    broker, database = RabbitMQ(), PostgreSQL(durable=True)
    broker.start()
    database.start()
    try:
        with tempfile.TemporaryDirectory() as home, running(distributed(Path(home), broker, database)) as hub:
            for name, value in soak(hub, minutes * 20, minutes * 40).items():
                click.echo(f"{name}: {value}")
    finally:
        database.remove()
        broker.remove()


if __name__ == "__main__":
    main()
