"""Notice: from the commit of a command in alliances to the commit of the notice in notify, at rest and with many waiting.

PostgreSQL itself says when each transaction was committed (track_commit_timestamp), so that no clock of ours is asked.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

from bench.depth import Depth
from bench.sizes import size
from bench.turns import OURS, Figure, at_least, at_most, by_turns, row
from bench.unbounded import UNBOUNDED
from kit.settings import SERVICES
from tests.faults import ledger
from tests.running import season
from tests.running.client import Client
from tests.running.processes import RunningHub, running, wait_until
from tests.servers.postgres import PostgreSQL
from tests.servers.rabbitmq import RabbitMQ

PAUSE = 0.1  # seconds between commands, so that each finds the hub at rest
COMMITTED = """SELECT o.id, pg_xact_commit_timestamp(s.xmin) FROM outbox o
  JOIN membership_steps s ON s.membership_id::text = o.subject_id AND s.version = o.subject_version ORDER BY o.id"""
NOTICED = "SELECT message_id, pg_xact_commit_timestamp(xmin) FROM notices"


def measure(broker: RabbitMQ, database: PostgreSQL) -> list[dict[str, Any]]:
    """At rest the p50 of each turn, one command at a time; at depth messages a second, beside plain SQL."""
    with tempfile.TemporaryDirectory() as home:
        databases, uri = {name: database.database(f"notice_{name}") for name in SERVICES}, broker.vhost("notice")
        with running(RunningHub(Path(home), uri, databases, **UNBOUNDED)) as hub:
            commands = Commands(hub)
            at_rest = by_turns({OURS: commands.p50})
            depth = Depth(hub, uri)
            at_depth = by_turns({OURS: depth.told, "plain SQL": depth.plain})
    return [
        row("commit to notice, at rest", "ms", at_rest, at_most(15)),
        row("messages told, at depth", "messages/s", at_depth, at_least(800), peer="plain SQL"),
        row("processor of notify a message, at depth", "ms", {OURS: Figure(tuple(depth.costs))}, at_most(1.25)),
    ]


class Commands:
    """A membership that is suspended and resumed: commands that tell one person each."""

    def __init__(self, hub: RunningHub) -> None:
        self._hub, alliance = hub, season.found(hub, "联盟", "secretariat")
        college = season.register(hub, "huangshan", email=False)
        self._membership = season.admit(hub, alliance, college, "secretariat")
        self._secretariat = Client(hub, "secretariat")

    def p50(self) -> float:
        """Milliseconds, of the commands of one turn."""
        for number in range(size("notice_commands") // 2):
            self._do("suspendMember", reason=str(number))
            self._do("resumeMember")
        said = ledger.rows(self._hub, "alliances", COMMITTED)[-size("notice_commands") :]
        committed = {str(id_): at for id_, at in said}
        wait_until(lambda: committed.keys() <= self._noticed().keys(), 60, "notices are missing")
        noticed = self._noticed()
        return median((noticed[id_] - at).total_seconds() * 1000 for id_, at in committed.items())

    def _noticed(self) -> dict[str, Any]:
        """When each message was first noticed."""
        return {str(id_): at for id_, at in ledger.rows(self._hub, "notify", NOTICED)}

    def _do(self, command: str, **arguments: str) -> None:
        self._secretariat.do(command, "membership { id }", membershipId=self._membership, **arguments)
        time.sleep(PAUSE)
