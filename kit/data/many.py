"""Many rows: writes the rows of one table in one statement whose text stays the same however many they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, cast

import orjson
from sqlalchemy import Insert, Table, Text, bindparam, column, func, inspect, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase

from kit.data.db import Session

Row = Mapping[str, Any]
"""What stands in one row, under the names of the mapped attributes. What is left out is what the database puts there."""


def insert_many(session: Session, table: type[DeclarativeBase], rows: Sequence[Row]) -> None:
    """Write these rows, all of which name the same attributes.

    PostgreSQL reads them from one JSON text: no parameter of any row is bound by itself, which costs more than to write it.
    """
    if rows:
        session.connection().execute(*_statement(session, table, rows))


def insert_new(session: Session, table: type[DeclarativeBase], rows: Sequence[Row], key: str) -> set[Any]:
    """Write those of these rows that are not there yet, and return what stands in their `key`."""
    return set(session.connection().execute(*_statement(session, table, rows, key)).scalars())


def _statement(
    session: Session, table: type[DeclarativeBase], rows: Sequence[Row], key: str = ""
) -> tuple[Insert, Any]:
    """The statement, which with a `key` passes over what is there, and its parameters."""
    names = tuple(rows[0])
    if session.get_bind().dialect.name == "postgresql":
        text = orjson.dumps(rows, option=orjson.OPT_NON_STR_KEYS).decode()
        return _from_json(table, names, key), {"rows": text}
    columns = inspect(table).columns
    keys = [(name, columns[name].key) for name in names]
    return _by_one(table, key), [{key: row[name] for name, key in keys} for row in rows]


@cache
def _by_one(table: type[DeclarativeBase], key: str) -> Insert:
    statement = sqlite.insert(cast("Table", table.__table__))
    return statement.on_conflict_do_nothing().returning(inspect(table).columns[key]) if key else statement


@cache
def _from_json(table: type[DeclarativeBase], names: tuple[str, ...], key: str) -> Insert:
    mapped = inspect(table).columns
    typed = [column(name, mapped[name].type) for name in names]
    rows = func.json_to_recordset(bindparam("rows", type_=Text)).table_valued(*typed).render_derived(with_types=True)
    statement = postgresql.insert(cast("Table", table.__table__))
    statement = statement.from_select([mapped[name].name for name in names], select(*rows.c))
    return statement.on_conflict_do_nothing().returning(mapped[key]) if key else statement
