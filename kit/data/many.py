"""Many rows: written, or looked for, in one statement whose text stays the same however many they are."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any, cast

import orjson
from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Insert,
    String,
    Table,
    Text,
    any_,
    bindparam,
    column,
    func,
    inspect,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase, InstrumentedAttribute

from kit.data.db import Session

REMEMBERED = 500
"""Statements: which columns rows share is up to the rows."""

Row = Mapping[str, Any]
"""What stands in one row, under the names of the mapped attributes. What is left out is what the database puts there."""


def insert_many(session: Session, table: type[DeclarativeBase], rows: Sequence[Row]) -> None:
    """Write these rows, all of which name the same attributes.

    PostgreSQL reads them from one JSON text, and what all rows share from a parameter of its own: to bind each value of
    each row costs more than to write them.
    """
    if rows:
        session.connection().execute(*_statement(session, table, rows))


def insert_new(session: Session, table: type[DeclarativeBase], rows: Sequence[Row], key: str) -> set[Any]:
    """Write those of these rows that are not there yet, and return what stands in their `key`."""
    return set(session.connection().execute(*_statement(session, table, rows, key)).scalars())


def keep_newest(session: Session, table: type[DeclarativeBase], rows: Sequence[Row], key: str) -> None:
    """Write these rows, each over the one that has its `key`, unless that has its `version` or a newer one.

    They are written in the order of their keys, so that no two replicas wait for one another.
    """
    newest: dict[Any, Row] = {}
    for row in sorted(rows, key=lambda row: row["version"]):
        newest[row[key]] = row
    if newest:
        ordered = [newest[each] for each in sorted(newest)]
        session.connection().execute(*_statement(session, table, ordered, key, newest=True))


def _statement(
    session: Session, table: type[DeclarativeBase], rows: Sequence[Row], key: str = "", *, newest: bool = False
) -> tuple[Insert, Any]:
    """The statement, which with a `key` passes over what is there, or over what is newer there, and its parameters."""
    dialect = session.get_bind().dialect.name
    if len(rows) > 1 and dialect == "postgresql":
        shared = {name: value for name, value in rows[0].items() if all(row[name] == value for row in rows)}
        own = tuple(name for name in rows[0] if name not in shared)
        text = orjson.dumps([{name: row[name] for name in own} for row in rows]).decode()
        return _from_json(table, own, tuple(shared), key, newest=newest), {"rows": text, **shared}
    columns = inspect(table).columns
    keys = [(name, columns[name].key) for name in rows[0]]
    statement = _by_one(table, dialect, key, tuple(rows[0]) if newest else ())
    return statement, [{key: row[name] for name, key in keys} for row in rows]


def among(session: Session, text: InstrumentedAttribute[Any], values: Collection[str | None]) -> ColumnElement[bool]:
    """Whether this column of texts has one of these values: one parameter, where the database (PostgreSQL) takes a list."""
    if session.get_bind().dialect.name == "postgresql":
        return text == any_(bindparam(None, list(values), type_=ARRAY(String), unique=True))
    return text.in_(values)


@cache
def _by_one(table: type[DeclarativeBase], dialect: str, key: str, over: tuple[str, ...]) -> Insert:
    insert = sqlite.insert if dialect == "sqlite" else postgresql.insert
    return _where_there_is_one(insert(cast("Table", table.__table__)), table, key, over)


def _where_there_is_one(
    statement: postgresql.Insert | sqlite.Insert, table: type[DeclarativeBase], key: str, over: tuple[str, ...]
) -> Insert:
    """What becomes of a row whose `key` is there: it stays, or where it is older these attributes are written over it."""
    mapped, new = inspect(table).columns, statement.excluded
    if over:
        values = {mapped[name].name: new[mapped[name].name] for name in over if name != key}
        older = mapped["version"] < new[mapped["version"].name]
        return statement.on_conflict_do_update(index_elements=[mapped[key]], set_=values, where=older)
    return statement.on_conflict_do_nothing().returning(mapped[key]) if key else statement


@lru_cache(maxsize=REMEMBERED)
def _from_json(
    table: type[DeclarativeBase], own: tuple[str, ...], shared: tuple[str, ...], key: str, *, newest: bool
) -> Insert:
    mapped = inspect(table).columns
    typed = [column(name, mapped[name].type) for name in own]
    rows = func.json_to_recordset(bindparam("rows", type_=Text)).table_valued(*typed).render_derived(with_types=True)
    same = [bindparam(name, type_=mapped[name].type) for name in shared]
    names = [mapped[name].name for name in (*own, *shared)]
    statement = postgresql.insert(cast("Table", table.__table__)).from_select(names, select(*rows.c, *same))
    return _where_there_is_one(statement, table, key, (*own, *shared) if newest else ())
