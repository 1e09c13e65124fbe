"""Many rows: writes the rows of one table in one statement whose text stays the same however many they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, cast

import orjson
from sqlalchemy import Insert, Table, Text, bindparam, column, func, insert, inspect, select
from sqlalchemy.orm import DeclarativeBase

from kit.data.db import Session

Row = Mapping[str, Any]
"""What stands in one row, under the names of the mapped attributes. What is left out is what the database puts there."""


def insert_many(session: Session, table: type[DeclarativeBase], rows: Sequence[Row]) -> None:
    """Write these rows, all of which name the same attributes.

    PostgreSQL reads them from one JSON text: no parameter of any row is bound by itself, which costs more than to write it.
    """
    if not rows:
        return
    names = tuple(rows[0])
    if session.get_bind().dialect.name == "postgresql":
        text = orjson.dumps(rows, option=orjson.OPT_NON_STR_KEYS).decode()
        session.connection().execute(_from_json(table, names), {"rows": text})
    else:
        columns = inspect(table).columns
        keys = [(name, columns[name].key) for name in names]
        session.connection().execute(_by_one(table), [{key: row[name] for name, key in keys} for row in rows])


@cache
def _by_one(table: type[DeclarativeBase]) -> Insert:
    return insert(cast("Table", table.__table__))


@cache
def _from_json(table: type[DeclarativeBase], names: tuple[str, ...]) -> Insert:
    mapped = inspect(table).columns
    typed = [column(name, mapped[name].type) for name in names]
    rows = func.json_to_recordset(bindparam("rows", type_=Text)).table_valued(*typed).render_derived(with_types=True)
    return insert(cast("Table", table.__table__)).from_select([mapped[name].name for name in names], select(*rows.c))
