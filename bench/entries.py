"""Entries: how many a second are taken through GraphQL, broker and services, beside the same work as bare SQL.

Both write what an entry is: a row in `entries`, its message in `outbox`, and one place of its quota, in one transaction.
The bare transactions run on the same server and schema, from as many threads as are best for them; the hub's calls
come from 50 clients over HTTP and pass the gateway, the broker and the checks. Each turn of ours is a contest of its own.
"""

from __future__ import annotations

import asyncio
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import psycopg2
import psycopg2.extras

from bench.client import Client, body, client, data
from bench.costs import Meter
from bench.sizes import size
from bench.turns import OURS, Figure, as_fast, by_turns, row
from bench.unbounded import UNBOUNDED
from kit.ids import new_id
from kit.settings import SERVICES
from tests.faults import ledger
from tests.running import burst, season
from tests.running.processes import RunningHub, running
from tests.servers.postgres import PostgreSQL
from tests.servers.rabbitmq import RabbitMQ

CLIENTS, THREADS, PLACES = 50, 8, 100_000
BARE = "bare SQL"
ENTRY = """INSERT INTO entries SELECT (jsonb_populate_record(e, %(entry)s)).* FROM entries e WHERE e.id = %(like)s"""
MESSAGE = """INSERT INTO outbox SELECT (jsonb_populate_record(o, %(message)s)).* FROM outbox o WHERE o.id = %(said)s"""
PLACE = "UPDATE quota_tree SET taken = taken + 1 WHERE id = %(quota)s AND taken + offered < held RETURNING taken"
LIKE = """SELECT e.id, e.quota_id, o.id FROM entries e JOIN outbox o ON o.subject_id = e.id::text
  WHERE e.status = 'entered' AND e.contestant = 'like' LIMIT 1"""


def measure(broker: RabbitMQ, database: PostgreSQL) -> list[dict[str, Any]]:
    """Entries a second by turns, the processor of every process for one, and what became of the calls."""
    with tempfile.TemporaryDirectory() as home:
        databases = {name: database.database(f"entries_{name}") for name in SERVICES}
        hub = RunningHub(Path(home), broker.vhost("entries"), databases, HUB_RPC_TIMEOUT="60", **UNBOUNDED)
        with running(hub):
            burst_ = Burst(hub, Meter(hub, broker, database))
            burst_.entered()
            burst_.spent.clear()
            bare = Bare(databases["events"], hub, burst_.institutions)
            figures = by_turns({OURS: burst_.entered, BARE: bare.written})
    processes = burst_.spent[0].keys()
    spent = {name: Figure(tuple(turn[name] for turn in burst_.spent)) for name in processes}
    return [
        row(f"burst of entries, {CLIENTS} clients", "entries/s", figures, as_fast(0.5), peer=BARE),
        *(row(f"processor of one entry: {name}", "ms", {OURS: each}) for name, each in spent.items()),
        {"what": "calls", **burst_.outcomes},
    ]


class Burst:
    """Clients who enter at once; `outcomes` are those of all turns, `spent` milliseconds of an entry by process, turn by turn."""

    def __init__(self, hub: RunningHub, meter: Meter) -> None:
        self._hub, self._meter = hub, meter
        self.institutions = burst.register(hub)
        self.outcomes: Counter[str] = Counter()
        self.spent: list[dict[str, float]] = []

    def entered(self) -> float:
        """Entries a second, of a contest of which every one has a place."""
        calls = size("entries_calls")
        contest = burst.contest(self._hub, self.institutions, places=2 * calls)
        taken: list[tuple[Counter[str], float]] = []
        self.spent.append(self._meter.spent(lambda: taken.append(asyncio.run(self._submitted(contest, calls))), calls))
        [(outcomes, seconds)] = taken
        self.outcomes.update(outcomes)
        return outcomes["entered"] / seconds

    async def _submitted(self, contest: burst.Contest, calls: int) -> tuple[Counter[str], float]:
        outcomes: Counter[str] = Counter()
        async with AsyncExitStack() as stack:
            crowd = [
                await stack.enter_async_context(client(self._hub, burst.NAMES[number % len(burst.NAMES)]))
                for number in range(CLIENTS)
            ]
            shares = [_entries(contest, number, calls // CLIENTS) for number in range(CLIENTS)]
            began = time.perf_counter()
            await asyncio.gather(*(_enter(*each, outcomes) for each in zip(crowd, shares, strict=True)))
            return outcomes, time.perf_counter() - began


def _entries(contest: burst.Contest, number: int, calls: int) -> list[bytes]:
    """The requests of one client."""
    institution = contest.institutions[number % len(contest.institutions)]
    always = {"trackId": contest.track, "organizationId": institution.id}
    return [
        body(burst.SUBMIT, input={**always, "contestant": f"{number}-{each}", "idempotencyKey": new_id()})
        for each in range(calls)
    ]


async def _enter(one: Client, requests: list[bytes], outcomes: Counter[str]) -> None:
    for request in requests:
        answer = await one.post(request)
        if b'"errors"' in answer:
            outcomes[answer.decode()[:200]] += 1
            continue
        payload = data(answer)["submitEntry"]
        outcomes["entered" if payload["entry"] else payload["problems"][0]["code"]] += 1


class Bare:
    """The same rows written by plain transactions, each like one that the hub has written into a contest with many places."""

    def __init__(self, url: str, hub: RunningHub, institutions: list[season.Institution]) -> None:
        self._url = url.replace("+psycopg2", "")
        contest = burst.contest(hub, institutions, places=PLACES)
        entry = {"trackId": contest.track, "organizationId": institutions[0].id, "contestant": "like"}
        institutions[0].representative.do("submitEntry", **entry)
        like, quota, said = ledger.rows(hub, "events", LIKE)[0]
        self._given = {"like": str(like), "quota": str(quota), "said": str(said)}

    def written(self) -> float:
        """Entries a second."""
        each = size("entries_calls") // THREADS
        began = time.perf_counter()
        _together([lambda: self._write(each)] * THREADS)
        return each * THREADS / (time.perf_counter() - began)

    def _write(self, number: int) -> None:
        connection = psycopg2.connect(self._url)
        for _ in range(number):
            entry = new_id()
            written = {"id": entry, "contestant": entry}
            message = {
                "id": new_id(),
                "subject_id": entry,
                "sent_at": "2026-01-01T00:00:00Z",
                "type": "bench.heard_by_nobody",
            }
            json = psycopg2.extras.Json
            with connection, connection.cursor() as cursor:
                cursor.execute(ENTRY, {"entry": json(written), **self._given})
                cursor.execute(MESSAGE, {"message": json(message), **self._given})
                cursor.execute(PLACE, self._given)
                assert cursor.fetchone(), "there is no place left"
        connection.close()


def _together(deeds: list[Callable[[], None]]) -> None:
    threads = [threading.Thread(target=deed) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
