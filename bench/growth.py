"""Growth: what every list costs on PostgreSQL with a thousand, a hundred thousand and a million rows: buffers, rows, time.

Asked of one statement at a time as PostgreSQL carries it out, with warm memory; `ratio` is the largest divided by the
smallest, of the question whose buffers grow most first. `python -m bench.growth 1000 100000` takes other sizes.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from statistics import median
from typing import Any

from hub.services import all_services
from kit.data.db import Context, KitTable
from kit.process.runtime import Runtime
from kit.viewer import Viewer
from kit.wire.request import Request
from tests.clock import StandingClock
from tests.databases.ground import GROUND, hub_of
from tests.growth.filling import fill
from tests.growth.lists import Question, questions
from tests.growth.plans import Plan, captured, explained
from tests.growth.rows import VIEWERS
from tests.growth.test_lists_and_their_indexes import WHOLE
from tests.servers.postgres import PostgreSQL
from tests.servers.rabbitmq import RabbitMQ

SIZES = (1_000, 100_000, 1_000_000)
GROWING = (
    "organizations", "organization_names", "memberships", "entries", "members", "quota_tree", "participants",
    "works", "score_sheets", "judge_assignments", "blind_codes", "awards", "announcements", "notices", "deliveries",
    "editions", "outbox", "grants", "work_items", "plan_sections", "projects",
)  # fmt: skip
"""The tables that grow; of the others there are a thousand rows."""
TURNS = 5
WAYS = (*VIEWERS, "somebody", "")
Found = dict[tuple[str, str], Plan]


def measure(_broker: RabbitMQ | None, database: PostgreSQL, sizes: tuple[int, ...] = SIZES) -> list[dict[str, Any]]:
    """A row for each list and whoever asks: buffers, rows and milliseconds by size, with the ratios."""
    found = {size: measured(database, size) for size in sizes}
    least, most = found[sizes[0]], found[sizes[-1]]
    rows = [_row(key, {size: found[size][key] for size in sizes}) for key in least.keys() & most.keys()]
    return sorted(rows, key=lambda row: -row["buffers_ratio"])


def measured(database: PostgreSQL, size: int) -> Found:
    """What each list reads where the tables that grow have so many rows."""
    with tempfile.TemporaryDirectory() as home, GROUND.on(database):
        os.environ["HUB_HOME"] = home
        runtimes = hub_of(all_services(), StandingClock()).runtimes.values()
        found = {key: plan for runtime in runtimes for key, plan in _asked(runtime, size)}
        for runtime in runtimes:
            runtime.database.close()
    return found


def _asked(runtime: Runtime, size: int) -> Iterator[tuple[tuple[str, str], Plan]]:
    rows = {"": 1_000} | dict.fromkeys(GROWING, size)
    with runtime.database.engine.begin() as connection:
        connection.exec_driver_sql("SET statement_timeout = 0")
        fill(connection, KitTable.metadata, rows)
        fill(connection, runtime.service_class.tables, rows)
    for question in questions(runtime.service_class):
        for viewer in () if question.method in WHOLE else WAYS:
            if plan := _plan(runtime, question, viewer):
                said = [
                    str(value) for value in question.arguments.values() if isinstance(value, str) and len(value) < 30
                ]
                yield (f"{question} {' '.join(said)}".strip(), viewer or "visitor"), plan


def _plan(runtime: Runtime, question: Question, viewer: str) -> Plan | None:
    """All statements of a question together, each the median of some turns; None where it is refused."""
    engine = runtime.database.engine
    with captured(engine) as statements:
        payload = runtime.answer(Request(question.method, dict(question.arguments), Context(Viewer(viewer))))
    if not payload or payload["error"]:
        return None
    whole = Plan()
    with engine.connect() as connection:
        for statement in statements:
            turns = [explained(connection, statement, whole=True) for _ in range(TURNS)]
            whole.rows += turns[-1].rows
            whole.buffers += turns[-1].buffers
            whole.milliseconds += median(turn.milliseconds for turn in turns)
    return whole


def _row(key: tuple[str, str], plans: dict[int, Plan]) -> dict[str, Any]:
    first, *_, last = plans.values()
    row: dict[str, Any] = {"list": key[0], "viewer": key[1]}
    for size, plan in plans.items():
        row |= {f"buffers_{size}": plan.buffers, f"rows_{size}": plan.rows, f"ms_{size}": plan.milliseconds}
    row["buffers_ratio"] = last.buffers / max(1, first.buffers)
    row["ms_ratio"] = last.milliseconds / max(0.001, first.milliseconds)
    return row


if __name__ == "__main__":
    server = PostgreSQL()
    server.start()
    try:
        for line in measure(None, server, tuple(int(size) for size in sys.argv[1:]) or SIZES):
            print(
                "  ".join(
                    f"{name}={value:.2f}" if isinstance(value, float) else f"{name}={value}"
                    for name, value in line.items()
                )
            )
    finally:
        server.remove()
