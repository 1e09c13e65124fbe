"""Many rows: written, or looked for, in one statement whose text stays the same however many they are."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import Any

import orjson
from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Insert,
    String,
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


def insert_many(session: Session, table: type[DeclarativeBase], rows: Sequence[Row], **shared: Any) -> None:
    """Write these rows, all of which name the same attributes; what all of them share is said once.

    PostgreSQL reads them from one JSON text: no parameter of any row is bound by itself, which costs more than to write it.
    """
    if not rows:
        return
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        own = tuple(rows[0])
        connection.execute(_from_json(table, own, tuple(shared)), {"rows": orjson.dumps(rows).decode(), **shared})
    else:
        names = _names(table, (*rows[0], *shared))
        connection.execute(
            insert(inspect(table).local_table),
            [{name: {**row, **shared}[key] for key, name in names.items()} for row in rows],
        )


def among(session: Session, text: InstrumentedAttribute[Any], values: Collection[str]) -> ColumnElement[bool]:
    """Whether this column of texts has one of these values: one parameter, where the database (PostgreSQL) takes a list."""
    if session.get_bind().dialect.name == "postgresql":
        return text == any_(bindparam(None, list(values), type_=ARRAY(String), unique=True))
    return text.in_(values)


def _names(table: type[DeclarativeBase], attributes: tuple[str, ...]) -> dict[str, str]:
    """The columns by the attributes that are mapped to them."""
    return {attribute: inspect(table).columns[attribute].name for attribute in attributes}


@cache
def _from_json(table: type[DeclarativeBase], own: tuple[str, ...], shared: tuple[str, ...]) -> Insert:
    mapped = inspect(table).columns
    typed = [column(name, mapped[name].type) for name in own]
    rows = func.json_to_recordset(bindparam("rows", type_=Text)).table_valued(*typed).render_derived(with_types=True)
    same = [bindparam(name, type_=mapped[name].type) for name in shared]
    return insert(inspect(table).local_table).from_select(
        list(_names(table, (*own, *shared)).values()), select(*rows.c, *same)
    )
