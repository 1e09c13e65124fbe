"""Statements: what one query, one step of a membership and one entry ask PostgreSQL, and the processor time that they take.

Counted by the server itself, database by database: so what the relay, the inboxes and notify do of the message is there too.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from bench.costs import Meter
from bench.sizes import size
from bench.turns import OURS, Figure, row, turns_wanted
from bench.unbounded import UNBOUNDED
from kit.settings import SERVICES
from tests.faults import ledger
from tests.running import burst, season
from tests.running.client import Client
from tests.running.processes import RunningHub, running
from tests.servers.asked import Question, asked
from tests.servers.postgres import PostgreSQL
from tests.servers.rabbitmq import RabbitMQ

COUNTED = 20
ALLIANCE = "query($id: ID!) { node(id: $id) { ... on Alliance { id name } } }"
KINDS: dict[str, Callable[[str], bool]] = {
    "round trips": lambda _: True,
    "statements": lambda statement: statement not in {"BEGIN", "COMMIT", "ROLLBACK"},
    "commits": lambda statement: statement == "COMMIT",
}
"""A statement outside of BEGIN and COMMIT is a transaction by itself, and is no commit here."""

Deed = Callable[[int], None]
"""Does so many of something."""


def measure(broker: RabbitMQ, database: PostgreSQL) -> list[dict[str, Any]]:
    """For one of each: how often each service's database is asked, and milliseconds of all processes, and of each."""
    with tempfile.TemporaryDirectory() as home:
        databases = {name: database.database(f"statements_{name}") for name in SERVICES}
        at_rest = {"HUB_LOOK_EVERY": "60"}  # pumps look only when they are woken
        with running(RunningHub(Path(home), broker.vhost("statements"), databases, **at_rest, **UNBOUNDED)) as hub:
            meter = Meter(hub, broker, database)
            return [row for what, deed in _deeds(hub) for row in _rows(what, deed, hub, database, meter)]


def _rows(what: str, deed: Deed, hub: RunningHub, database: PostgreSQL, meter: Meter) -> Iterator[dict[str, Any]]:
    deed(2)  # what is done once a process is behind us
    ledger.wait_until_settled(hub)
    of_hub = {pid for [pid] in ledger.rows(hub, "events", "SELECT pid FROM pg_stat_activity")}
    with asked(database) as questions:
        deed(COUNTED)
        ledger.wait_until_settled(hub)
    for kind, counts in KINDS.items():
        yield {"what": f"{what}: {kind}", **_counted([each for each in questions if each.process in of_hub], counts)}
    timed = size("statements_timed")
    turns = [meter.spent(lambda: deed(timed), timed) for _ in range(turns_wanted())]
    whole = Figure(tuple(sum(turn.values()) for turn in turns))
    yield row(f"processor of all processes: {what}", "ms", {OURS: whole})
    for process in turns[0]:
        yield row(f"– {process}", "ms", {OURS: Figure(tuple(turn[process] for turn in turns))})


def _counted(questions: list[Question], counts: Callable[[str], bool]) -> dict[str, float]:
    """For one deed, by service."""
    number = Counter(each.database.removeprefix("statements_") for each in questions if counts(each.statement))
    return {service: number[service] / COUNTED for service in SERVICES}


def _deeds(hub: RunningHub) -> Iterator[tuple[str, Deed]]:
    alliance = season.found(hub, "联盟", "secretariat")
    institutions = burst.register(hub)
    membership = season.admit(hub, alliance, institutions[0], "secretariat")
    visitor, secretariat = Client(hub), Client(hub, "secretariat")

    def look(number: int) -> None:
        for _ in range(number):
            visitor.ask(ALLIANCE, id=alliance)

    def step(number: int) -> None:
        for _ in range(number // 2):
            secretariat.do("suspendMember", membershipId=membership, reason="bench")
            secretariat.do("resumeMember", membershipId=membership)

    entries = 100 + (turns_wanted() + 1) * size("statements_timed")
    yield "query", look
    yield "step of a membership", step
    yield "submitEntry", partial(_enter, burst.contest(hub, institutions, places=8 * entries), iter(range(entries)))


def _enter(contest: burst.Contest, names: Iterator[int], number: int) -> None:
    institution = contest.institutions[0]
    for name in islice(names, number):
        entry = {"trackId": contest.track, "organizationId": institution.id, "contestant": str(name)}
        institution.representative.do("submitEntry", **entry)
