"""Plans: what the database does to answer a question: the statements that ran, each explained with what it touched."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Engine, event

Node = dict[str, Any]
WHOLE = ("enable_seqscan", "enable_hashjoin", "enable_mergejoin")
"""What the planner does with small tables only, or where it has no index."""
SORTS = {"Sort", "Incremental Sort"}


@dataclass(frozen=True)
class Statement:
    """A statement as it was sent, with its parameters."""

    sql: str
    parameters: Any


@dataclass
class Plan:
    """How PostgreSQL carried a statement out: `rows` it looked at and `returned`, `buffers` of 8 KiB, milliseconds.

    `scanned` are the tables that it read from one end to the other, with their rows; `sorted` is the most it sorted.
    """

    rows: int = 0
    returned: int = 0
    sorted: int = 0
    buffers: int = 0
    milliseconds: float = 0.0
    scanned: dict[str, int] = field(default_factory=dict)


@contextmanager
def captured(engine: Engine) -> Iterator[list[Statement]]:
    """The SELECTs that are sent to this database meanwhile."""
    found: list[Statement] = []

    def note(_connection: Connection, _cursor: Any, sql: str, parameters: Any, *_: Any) -> None:
        if sql.lstrip().upper().startswith(("SELECT", "WITH")):
            found.append(Statement(sql, parameters))

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(engine, "before_cursor_execute", note)


def explained(connection: Connection, statement: Statement, *, whole: bool = False) -> Plan:
    """Carry it out again, and read how: by its indexes where it has them, as on a table too large to be read whole."""
    for setting in () if whole else WHOLE:
        connection.exec_driver_sql(f"SET {setting} = off")
    sql = f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {statement.sql}"
    said = connection.exec_driver_sql(sql, statement.parameters).scalar_one()
    (told,) = said if isinstance(said, list) else json.loads(said)
    root = told["Plan"]
    plan = Plan(milliseconds=told["Execution Time"], returned=int(root["Actual Rows"]))
    plan.buffers = root["Shared Hit Blocks"] + root["Shared Read Blocks"]
    for node in _nodes(root):
        _count(plan, node)
    return plan


def _count(plan: Plan, node: Node) -> None:
    rows = int(node["Actual Rows"] * node["Actual Loops"])
    if "Relation Name" in node or "Index Name" in node:
        thrown = sum(value for name, value in node.items() if name.startswith("Rows Removed by"))
        plan.rows += rows + int(thrown * node["Actual Loops"])
        if node["Node Type"] == "Seq Scan" and node["Actual Loops"]:
            seen = node["Actual Rows"] + thrown
            plan.scanned[node["Relation Name"]] = max(int(seen), plan.scanned.get(node["Relation Name"], 0))
    if node["Node Type"] in SORTS:
        plan.sorted = max(plan.sorted, int(node["Plans"][0]["Actual Rows"]))


def _nodes(node: Node) -> Iterator[Node]:
    yield node
    for child in node.get("Plans", ()):
        yield from _nodes(child)
