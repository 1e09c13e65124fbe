"""Filling: so many rows in every table of a service, by one statement a table, made from the tables' own definitions.

Row 1 of every table is the large one: every even row of what belongs to such a row belongs to it, every odd row to the
one with its own number. So a chain of parents (edition, track, stage, result) stays one. What a column says beside that
stands in `ROWS`; a new table is filled by itself, unless a constraint asks for something of its own.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext

from sqlalchemy import Column, Connection, MetaData, Table, UniqueConstraint, text
from sqlalchemy.types import BigInteger, Boolean, Date, Double, Integer, Uuid

from kit.data.db import Instant, Json
from tests.growth.rows import OF_PEOPLE, REFERS, ROWS

BEGAN = 1_750_000_000_000  # milliseconds: when row 0 of every table was made, one row a second
PARENT = "(CASE WHEN i % 2 = 0 THEN 1 ELSE (i - 1) % {rows} + 1 END)"
_NAMED = re.compile(r"\{([a-z_]+)(?:([:#])1)?\}")
SPREAD = "((i - 1) % {rows} + 1)"
MANY = 10_000  # rows of a table whose indexes are built behind them
INDEXES = text("""SELECT i.indexrelid::regclass::name, pg_get_indexdef(i.indexrelid) FROM pg_index i
  WHERE i.indrelid = CAST(:table AS regclass) AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid)""")
SCALARS = {Boolean: "false", Json: "'{}'", Double: "1", BigInteger: "1", Date: "DATE '2026-01-01'"}


def id_of(table: str, number: int) -> str:
    """The id of a row, as `_id` has it in SQL."""
    hexed = f"{BEGAN + number * 1000:012x}7{_mark(table)}8000{number:012x}"
    return "-".join((hexed[:8], hexed[8:12], hexed[12:16], hexed[16:20], hexed[20:]))


def fill(connection: Connection, tables: MetaData, rows: dict[str, int], said: Mapping[str, str] = ROWS) -> None:
    """Fill the empty tables of a PostgreSQL database, `rows` of each by its name ("" stands for all others), and ANALYZE.

    Columns say what is `said` of them.
    """
    filler = _Filler(tables, rows, said)
    connection.execute(text("SET session_replication_role = replica"))  # what refers is right by its making
    connection.execute(text("SET maintenance_work_mem = '512MB'"))
    for table in tables.tables.values():
        with _indexed_after(connection, table.name) if filler.number(table.name) >= MANY else nullcontext():
            connection.exec_driver_sql(filler.statement(table).replace("%", "%%"))
    connection.execute(text("SET session_replication_role = origin"))
    connection.exec_driver_sql("ANALYZE")


@contextmanager
def _indexed_after(connection: Connection, table: str) -> Iterator[None]:
    """Those indexes that are no constraint's are built when the rows are there: sorted once, and not searched for each."""
    found = connection.execute(INDEXES, {"table": table}).all()
    for name, _ in found:
        connection.exec_driver_sql(f'DROP INDEX "{name}"')
    yield
    for _, definition in found:
        connection.exec_driver_sql(definition.replace("%", "%%"))


class _Filler:
    def __init__(self, tables: MetaData, rows: dict[str, int], said: Mapping[str, str]) -> None:
        self._tables, self._rows, self._says = tables, rows, said

    def statement(self, table: Table) -> str:
        columns = ", ".join(f'"{column.name}"' for column in table.columns)
        values = ", ".join(self._value(column) for column in table.columns)
        number = self.number(table.name)
        return f'INSERT INTO "{table.name}" ({columns}) SELECT {values} FROM generate_series(1, {number}) i'

    def number(self, table: str) -> int:
        return self._rows.get(table, self._rows[""])

    def _value(self, column: Column[object]) -> str:
        said = self._says.get(f"{column.table.name}.{column.name}", self._says.get(column.name))
        if said is not None:
            return self._said(said)
        if column.foreign_keys:
            return self._parent(column)
        if isinstance(column.type, Uuid):
            return self._uuid(column)
        return "NULL" if column.nullable else _plain(column)

    def _said(self, said: str) -> str:
        return _NAMED.sub(self._named, said)

    def _named(self, found: re.Match[str]) -> str:
        table, mark = found.groups()
        if mark == "#":
            return id_of(table, 1)
        return f"'{id_of(table, 1)}'::uuid" if mark else _id(table, SPREAD.format(rows=self.number(table)))

    def _parent(self, column: Column[object]) -> str:
        target = next(iter(column.foreign_keys)).column
        if target.table is column.table:
            return "NULL"
        which = "i" if _single(column) else PARENT.format(rows=self.number(target.table.name))
        return f"(SELECT {self._value(target)} FROM (SELECT {which} AS i) parent)"

    def _uuid(self, column: Column[object]) -> str:
        if column.primary_key and column.name not in REFERS:
            return _id(column.table.name, "i")
        if column.nullable:
            return "NULL"
        refers = REFERS.get(column.name)
        if refers in self._tables.tables:
            return _id(refers, SPREAD.format(rows=self.number(refers)))
        return _id(refers or f"{column.table.name}.{column.name}", "i")


def _single(column: Column[object]) -> bool:
    """Whether no two rows can have the same."""
    table = column.table
    keys = [list(table.primary_key.columns), *(list(each.columns) for each in table.indexes if each.unique)]
    keys += [list(each.columns) for each in table.constraints if isinstance(each, UniqueConstraint)]
    return [column] in keys


def _plain(column: Column[object]) -> str:
    if column.name in OF_PEOPLE and not _single(column):
        return "CASE WHEN i % 2 = 0 THEN 'somebody' ELSE 'person' || i END"
    if isinstance(column.type, Instant):
        return "TIMESTAMPTZ '2026-01-01 00:00Z' + i * INTERVAL '1 second'"
    if isinstance(column.type, Date) and column.primary_key:
        return "DATE '2026-01-01' + i"
    for kind, value in SCALARS.items():
        if isinstance(column.type, kind):
            return value
    return "i" if isinstance(column.type, Integer) else f"'{column.name}' || i"


def _id(table: str, number: str) -> str:
    moment = f"lpad(to_hex({BEGAN} + {number}::bigint * 1000), 12, '0')"
    return f"({moment} || '7{_mark(table)}8000' || lpad(to_hex({number}::bigint), 12, '0'))::uuid"


def _mark(table: str) -> str:
    """Three digits by which ids of one table differ from those of others."""
    return f"{zlib.crc32(table.encode()) & 0xFFF:03x}"
