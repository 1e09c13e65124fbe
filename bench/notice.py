"""Notice: the time from the commit of a command in alliances to the commit of the notice row in notify.

PostgreSQL itself says when each transaction was committed (track_commit_timestamp), so that no clock of ours is asked.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import Any

from bench.unbounded import UNBOUNDED
from kit.settings import SERVICES
from tests.faults import ledger
from tests.running import season
from tests.running.client import Client
from tests.running.processes import RunningHub, running, wait_until
from tests.servers.postgres import PostgreSQL
from tests.servers.rabbitmq import RabbitMQ

COMMANDS = 200
PAUSE = 0.1  # seconds between commands, so that each finds the hub at rest
COMMITTED = """SELECT o.id, pg_xact_commit_timestamp(s.xmin) FROM outbox o
  JOIN membership_steps s ON s.membership_id::text = o.subject_id AND s.version = o.subject_version"""
NOTICED = "SELECT message_id, pg_xact_commit_timestamp(xmin) FROM notices"


def measure(broker: RabbitMQ, database: PostgreSQL) -> list[dict[str, Any]]:
    """p50 and p99 in milliseconds, one command at a time."""
    with tempfile.TemporaryDirectory() as home:
        databases = {name: database.database(f"notice_{name}") for name in SERVICES}
        with running(RunningHub(Path(home), broker.vhost("notice"), databases, **UNBOUNDED)) as hub:
            _suspend_and_resume(hub)
            delays = _delays(hub)
    return [
        {
            "commands": len(delays),
            "p50_ms": delays[len(delays) // 2],
            "p99_ms": delays[int(len(delays) * 0.99)],
            "longest_ms": delays[-1],
        }
    ]


def _suspend_and_resume(hub: RunningHub) -> None:
    """Commands that tell one person each."""
    alliance = season.found(hub, "联盟", "secretariat")
    college = season.register(hub, "huangshan", email=False)
    membership = season.admit(hub, alliance, college, "secretariat")
    secretariat = Client(hub, "secretariat")
    for number in range(COMMANDS // 2):
        secretariat.do("suspendMember", "membership { id }", membershipId=membership, reason=str(number))
        time.sleep(PAUSE)
        secretariat.do("resumeMember", "membership { id }", membershipId=membership)
        time.sleep(PAUSE)


def _delays(hub: RunningHub) -> list[float]:
    wait_until(lambda: len(ledger.rows(hub, "notify", NOTICED)) > COMMANDS, 30, "notices are missing")
    committed = {str(id_): at for id_, at in ledger.rows(hub, "alliances", COMMITTED)}
    noticed = {str(id_): at for id_, at in ledger.rows(hub, "notify", NOTICED)}
    return sorted((noticed[id_] - at).total_seconds() * 1000 for id_, at in committed.items() if id_ in noticed)
