"""Many rows: written, or looked for, in one statement whose text stays the same however many they are."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cache
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
    insert,
    inspect,
    select,
)
from sqlalchemy.orm import DeclarativeBase, InstrumentedAttribute

from kit.data.db import Session

Row = Mapping[str, Any]
"""What stands in one row, under the names of the mapped attributes. What is left out is what the database puts there."""


def insert_many(session: Session, table: type[DeclarativeBase], rows: Sequence[Row]) -> None:
    """Write these rows, all of which name the same attributes.

    PostgreSQL reads them from one JSON text, and what all rows share from a parameter of its own: to bind each value of
    each row costs more than to write them.
    """
    if not rows:
        return
    if len(rows) > 1 and session.get_bind().dialect.name == "postgresql":
        shared = {name: value for name, value in rows[0].items() if all(row[name] == value for row in rows)}
        own = tuple(name for name in rows[0] if name not in shared)
        text = orjson.dumps([{name: row[name] for name in own} for row in rows]).decode()
        session.connection().execute(_from_json(table, own, tuple(shared)), {"rows": text, **shared})
    else:
        columns = inspect(table).columns
        keys = [(name, columns[name].key) for name in rows[0]]
        session.connection().execute(_by_one(table), [{key: row[name] for name, key in keys} for row in rows])


def among(session: Session, text: InstrumentedAttribute[Any], values: Collection[str | None]) -> ColumnElement[bool]:
    """Whether this column of texts has one of these values: one parameter, where the database (PostgreSQL) takes a list."""
    if session.get_bind().dialect.name == "postgresql":
        return text == any_(bindparam(None, list(values), type_=ARRAY(String), unique=True))
    return text.in_(values)


@cache
def _by_one(table: type[DeclarativeBase]) -> Insert:
    return insert(cast("Table", table.__table__))


@cache
def _from_json(table: type[DeclarativeBase], own: tuple[str, ...], shared: tuple[str, ...]) -> Insert:
    mapped = inspect(table).columns
    typed = [column(name, mapped[name].type) for name in own]
    rows = func.json_to_recordset(bindparam("rows", type_=Text)).table_valued(*typed).render_derived(with_types=True)
    same = [bindparam(name, type_=mapped[name].type) for name in shared]
    names = [mapped[name].name for name in (*own, *shared)]
    return insert(cast("Table", table.__table__)).from_select(names, select(*rows.c, *same))
