"""Indexes: those that a migration adds to tables in use are built before it, beside whoever reads and writes there.

A migration lists them as `indexes` and makes them in its `upgrade`, which is all that SQLite and a fresh database need.
Where PostgreSQL has rows, CREATE INDEX CONCURRENTLY has built them by then: it cannot run within the migrations'
transaction, and CREATE INDEX would close the table to writers for as long as it takes. Who dies in between leaves an
index that is not valid; the next runner builds it anew.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from alembic import op
from alembic.script import Script
from sqlalchemy import Connection, text
from sqlalchemy.exc import ProgrammingError

_LOCK = 0x68756202  # any fixed number but the migrations': PostgreSQL's advisory lock on building indexes
_NO_COLUMN = "42703"


@dataclass(frozen=True)
class NewIndex:
    """An index of a table: on these columns or expressions, as SQL; of those rows only for which `where` holds."""

    name: str
    table: str
    columns: tuple[str, ...]
    where: str = ""

    def sql(self, *, beside: bool = False) -> str:
        how = "CONCURRENTLY IF NOT EXISTS" if beside else "IF NOT EXISTS"
        which = f" WHERE {self.where}" if self.where else ""
        return f"CREATE INDEX {how} {self.name} ON {self.table} ({', '.join(self.columns)}){which}"


PARKED = (
    NewIndex("ix_inbox_parked_id", "inbox", ("message_id", "handler"), "state = 'parked'"),
    NewIndex("ix_outbox_parked_id", "outbox", ("id",), "state = 'parked'"),
    NewIndex("ix_due_parked", "due", ("id",), "state = 'parked'"),
    NewIndex("ix_jobs_parked", "jobs", ("id",), "state = 'parked'"),
    NewIndex("ix_jobs_open", "jobs", ("id",), "state = 'waiting'"),
)
"""Those by which every service lists what was given up on, and jobs."""


def make(indexes: Iterable[NewIndex]) -> None:
    """Within a migration: make those that were not built before."""
    for index in indexes:
        op.execute(index.sql())


def build_beside(connection: Connection, scripts: Iterable[Script]) -> None:
    """Build what these migrations list, on a connection in AUTOCOMMIT; what has no table yet is left to them."""
    listed = [index for script in scripts for index in getattr(script.module, "indexes", ())]
    if not listed:
        return
    connection.execute(text("SET statement_timeout = 0"))
    with _alone(connection):
        for index in listed:
            _build(connection, index)


def _build(connection: Connection, index: NewIndex) -> None:
    if connection.scalar(text("SELECT to_regclass(:name)"), {"name": index.table}) is None:
        return
    built = text("SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass(:name)")
    if connection.scalar(built, {"name": index.name}) is False:
        connection.execute(text(f"DROP INDEX CONCURRENTLY IF EXISTS {index.name}"))
    try:
        connection.execute(text(index.sql(beside=True)))
    except ProgrammingError as error:
        if getattr(error.orig, "pgcode", None) != _NO_COLUMN:
            raise


@contextmanager
def _alone(connection: Connection) -> Iterator[None]:
    """One builder at a time. To wait within PostgreSQL would hold up the one who builds: it waits for old snapshots."""
    while not connection.scalar(text("SELECT pg_try_advisory_lock(:lock)"), {"lock": _LOCK}):
        time.sleep(0.2)
    try:
        yield
    finally:
        connection.execute(text("SELECT pg_advisory_unlock(:lock)"), {"lock": _LOCK})
