"""Costs: processor time and disk that one page, command, message and notice take, process by process.

Processor time is asked of the operating system, so that it says the same on a busy machine; docs/scaling.md reckons with it.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import psutil

from bench.sizes import size
from bench.unbounded import UNBOUNDED
from kit.settings import SERVICES
from tests.faults import ledger
from tests.gateway.counted import ask
from tests.gateway.test_page_costs import PAGE, fill
from tests.operating.traffic import REGISTER
from tests.running import season
from tests.running.client import Client
from tests.running.processes import RunningHub, running
from tests.servers.postgres import PostgreSQL
from tests.servers.rabbitmq import RabbitMQ
from tests.servers.smtp import MailServer

ALLIANCES, MEMBERS = 20, 5
SETTLING = 1.0  # seconds in which most of it is done
MILLISECONDS, MEBI = 1000, 2**20
TABLES = {
    "alliances": ("organizations", "outbox"),
    "projects": ("organizations", "inbox"),
    "events": ("organizations", "inbox"),
    "notify": ("inbox", "notices", "outbox", "deliveries"),
}
SIZE = "SELECT pg_total_relation_size('{table}'), count(*) FROM {table}"


def measure(broker: RabbitMQ, database: PostgreSQL) -> list[dict[str, Any]]:
    """Milliseconds of processor time for one of each, by process; bytes of one row with its indexes; memory in MiB."""
    mail = MailServer()
    mail.start()
    with tempfile.TemporaryDirectory() as home:
        databases = {name: database.database(f"costs_{name}") for name in SERVICES}
        smtp = {"HUB_SMTP_HOST": "127.0.0.1", "HUB_SMTP_PORT": str(mail.port)}
        with running(RunningHub(Path(home), broker.vhost("costs"), databases, **smtp, **UNBOUNDED)) as hub:
            hub.mail = mail
            meter = Meter(hub, broker, database)
            rows = [
                {"what": what, **meter.spent(lambda do=do: do(hub), size("costs_number"))} for what, do in _deeds(hub)
            ]
            memory = {name: psutil.Process(hub.pid(name)).memory_info().rss / MEBI for name in hub.names}
            sizes = {f"{name}.{table}": bytes_ for name in SERVICES for table, bytes_ in _sizes(hub, name)}
    mail.stop()
    return [*rows, {"what": "memory, MiB", **memory}, {"what": "bytes a row", **sizes}]


def _deeds(hub: RunningHub) -> Iterator[tuple[str, Callable[[RunningHub], None]]]:
    asyncio.run(_fill(hub))
    yield f"page of {ALLIANCES} alliances with {MEMBERS} members", _pages
    yield "command with a message for two read models", _register
    alliance = season.found(hub, "联盟", "secretariat")
    membership = season.admit(hub, alliance, season.register(hub, "huangshan"), "secretariat")
    yield "command with a notice and an e-mail", lambda hub: _suspend_and_resume(hub, membership)


async def _fill(hub: RunningHub) -> None:
    async with httpx.AsyncClient(base_url=hub.url.removesuffix("/graphql"), timeout=30) as client:
        await fill(client, ALLIANCES, MEMBERS, hub.token("hub-office"))


def _pages(hub: RunningHub) -> None:
    async def all_pages() -> None:
        async with httpx.AsyncClient(base_url=hub.url.removesuffix("/graphql"), timeout=30) as client:
            for _ in range(size("costs_number")):
                await ask(client, PAGE, None, first=ALLIANCES)

    asyncio.run(all_pages())


def _register(hub: RunningHub) -> None:
    client = Client(hub, "hub-office")
    for number in range(size("costs_number")):
        name = f"单位{number}"
        client.ask(REGISTER, input={"kind": "UNIVERSITY", "region": "340000", "nameZh": name, "nameEn": name})


def _suspend_and_resume(hub: RunningHub, membership: str) -> None:
    secretariat = Client(hub, "secretariat")
    for _ in range(size("costs_number") // 2):
        secretariat.do("suspendMember", "", membershipId=membership, reason="bench")
        secretariat.do("resumeMember", "", membershipId=membership)


class Meter:
    """Reads the processor time of every process and server."""

    def __init__(self, hub: RunningHub, broker: RabbitMQ, database: PostgreSQL) -> None:
        self._hub = hub
        self._pids = {name: hub.pid(name) for name in hub.names} | {"rabbitmq": broker.pid, "postgresql": database.pid}

    def spent(self, do: Callable[[], None], number: int) -> dict[str, float]:
        """Milliseconds by process, of one of so many that are done, with all that the hub does of it afterwards.

        To see that it has settled costs PostgreSQL as much as a few commands, which is measured before and taken off.
        """
        ledger.wait_until_settled(self._hub)
        before = self._times()
        ledger.wait_until_settled(self._hub)
        between = self._times()
        do()
        time.sleep(SETTLING)
        ledger.wait_until_settled(self._hub)
        spent = {name: seconds + before[name] - 2 * between[name] for name, seconds in self._times().items()}
        return {name: max(0.0, seconds) / number * MILLISECONDS for name, seconds in spent.items()}

    def _times(self) -> dict[str, float]:
        return {name: _seconds(psutil.Process(pid)) for name, pid in self._pids.items()}


def _seconds(process: psutil.Process) -> float:
    """Of the process, its children and those that have ended: PostgreSQL has one for each connection."""
    times = [process.cpu_times(), *(child.cpu_times() for child in process.children(recursive=True))]
    ended = process.cpu_times()
    return sum(each.user + each.system for each in times) + ended.children_user + ended.children_system


def _sizes(hub: RunningHub, service: str) -> Iterator[tuple[str, float]]:
    for table in TABLES[service]:
        bytes_, number = ledger.rows(hub, service, SIZE.format(table=table))[0]
        yield table, bytes_ / number
