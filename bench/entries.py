"""Entries: how many a second are taken through GraphQL, broker and services, beside the same work as bare SQL.

Both write what an entry is: a row in `entries`, its message in `outbox`, and one place of its quota, in one transaction.
The bare transactions run on the same server and schema, from as many threads as are best for them; the hub's calls
come from 50 clients over HTTP and pass the gateway, the broker and the checks.
"""

from __future__ import annotations

import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import psycopg2
import psycopg2.extras

from bench.unbounded import UNBOUNDED
from kit.ids import new_id
from kit.settings import SERVICES
from tests.faults import ledger
from tests.running import burst
from tests.running.processes import RunningHub, running
from tests.servers.postgres import PostgreSQL
from tests.servers.rabbitmq import RabbitMQ

CALLS, CLIENTS, PLACES, THREADS = 2500, 50, 5000, 8
ENTRY = """INSERT INTO entries SELECT (jsonb_populate_record(e, %(entry)s)).* FROM entries e WHERE e.id = %(like)s"""
MESSAGE = """INSERT INTO outbox SELECT (jsonb_populate_record(o, %(message)s)).* FROM outbox o WHERE o.id = %(said)s"""
PLACE = "UPDATE quota_tree SET taken = taken + 1 WHERE id = %(quota)s AND taken + offered < held RETURNING taken"
LIKE = """SELECT e.id, e.quota_id, o.id FROM entries e JOIN outbox o ON o.subject_id = e.id::text
  WHERE e.status = 'entered' LIMIT 1"""


def measure(broker: RabbitMQ, database: PostgreSQL) -> list[dict[str, Any]]:
    """Entries per second of the hub and of bare transactions, in one run on one server."""
    with tempfile.TemporaryDirectory() as home:
        databases = {name: database.database(f"entries_{name}") for name in SERVICES}
        hub = RunningHub(Path(home), broker.vhost("entries"), databases, HUB_RPC_TIMEOUT="60", **UNBOUNDED)
        with running(hub):
            contest = burst.contest(hub, burst.register(hub), places=PLACES)
            outcomes, seconds = burst.submit_all(hub, contest, clients=CLIENTS, calls=CALLS)
            ours = outcomes["entered"] / seconds
            bare = _bare(databases["events"], hub)
    return [
        {"how": "submitEntry", "clients": CLIENTS, "entries": outcomes["entered"], "entries_per_s": ours},
        {"how": "bare SQL", "clients": THREADS, "entries": CALLS, "entries_per_s": bare, "ours_to_it": ours / bare},
    ]


def _bare(url: str, hub: RunningHub) -> float:
    """The same rows written by plain transactions; returns entries per second."""
    like, quota, said = ledger.rows(hub, "events", LIKE)[0]
    given = {"like": str(like), "quota": str(quota), "said": str(said)}
    began = time.perf_counter()
    threads = [threading.Thread(target=_enter, args=(url, given)) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return CALLS / (time.perf_counter() - began)


def _enter(url: str, given: dict[str, str]) -> None:
    connection = psycopg2.connect(url.replace("+psycopg2", ""))
    for _ in range(CALLS // THREADS + 1):
        entry = new_id()
        written = {"id": entry, "contestant": entry}
        message = {"id": new_id(), "subject_id": entry, "sent_at": "2026-01-01T00:00:00Z"}
        json = psycopg2.extras.Json
        with connection, connection.cursor() as cursor:
            cursor.execute(ENTRY, {"entry": json(written), **given})
            cursor.execute(MESSAGE, {"message": json(message), **given})
            cursor.execute(PLACE, given)
    connection.close()
