"""Sources: where a service holds something of a person, and what of it belongs to them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Index, Select, inspect, select, tuple_
from sqlalchemy.orm import DeclarativeBase, InstrumentedAttribute

from kit.data.db import Session, table_of
from kit.messages.outbox import OutboxRow
from kit.rights.grants import Grant
from kit.work.job_rows import JobRow
from kit.work.settlements import Settlement

AT_A_TIME = 2000
"""So many rows of a table are walked through in one transaction, whosever they are."""


class Whose(StrEnum):
    """By what the rows of a person are known."""

    ACCOUNT = "accounts"
    RECORD = "record_ids"


@dataclass(frozen=True)
class Source:
    """A table that holds something of persons: in which column it says whose it is, and which columns they are given.

    What is shown is what concerns them: never what it says of others, a secret, or a code. Where another table says whose
    it is, `through` is that table and how it is joined.
    """

    name: str
    table: type[DeclarativeBase]
    whose: str
    shown: str
    by: Whose = Whose.ACCOUNT
    through: tuple[type[DeclarativeBase], ColumnElement[bool]] | None = None

    @property
    def owner(self) -> InstrumentedAttribute[Any]:
        """The column that says whose a row is."""
        found: InstrumentedAttribute[Any] = getattr(self.through[0] if self.through else self.table, self.whose)
        return found

    @property
    def by_index(self) -> bool:
        """Whether an index finds the rows of a person: of the table itself, which begins with the column and leaves none out."""
        if self.through:
            return False
        table, owner = table_of(self.table), self.owner.property.columns[0]
        whole = (None, f"{owner.name} IS NOT NULL")
        keys = [table.primary_key.columns, *(index.columns for index in table.indexes if _where(index) in whole)]
        return any([*columns][:1] == [owner] for columns in keys)

    @property
    def columns(self) -> dict[str, InstrumentedAttribute[Any]]:
        """What is shown, by name."""
        return {name: getattr(self.table, name) for name in self.shown.split()}


def _where(index: Index) -> str | None:
    """Of which rows an index is, as SQL; None where it is of all."""
    where = index.dialect_kwargs.get("postgresql_where")
    return None if where is None else str(where)


Place = list[Any]
"""The primary key behind which the walk through a table goes on, as JSON has it; [] at its beginning."""


def walk(session: Session, source: Source, ids: list[str], behind: Place) -> tuple[list[dict[str, Any]], Place]:
    """What the next rows of a table hold of a person, and where to go on; [] at the end of the table.

    Where an index finds their rows, only those are read. Else all are walked through by the primary key, so that a step costs
    the same however large the table is.
    """
    key = inspect(source.table).primary_key
    if source.by_index:
        return _found(session, source, ids, behind, key)
    here = select(*key).order_by(*key).limit(AT_A_TIME)
    here = _behind(here, key, behind)
    last = session.execute(here.offset(AT_A_TIME - 1).limit(1)).first()
    shown = select(*source.columns.values()).select_from(source.table)
    shown = shown.join(*source.through) if source.through else shown
    theirs = _behind(shown.where(source.owner.in_(ids)).order_by(*key), key, behind)
    if last is not None:
        theirs = theirs.where(tuple_(*key) <= _place(key, last))
    rows = [dict(zip(source.columns, map(_plain, row), strict=True)) for row in session.execute(theirs)]
    return rows, [] if last is None else [_plain(value) for value in last]


def _found(
    session: Session, source: Source, ids: list[str], behind: Place, key: tuple[Any, ...]
) -> tuple[list[dict[str, Any]], Place]:
    theirs = select(*source.columns.values(), *(column.label(f"key_{column.name}") for column in key))
    theirs = _behind(theirs.where(source.owner.in_(ids)).order_by(*key), key, behind)
    found = session.execute(theirs.limit(AT_A_TIME)).all()
    rows = [dict(zip(source.columns, map(_plain, row), strict=False)) for row in found]
    last = found[-1][-len(key) :] if len(found) == AT_A_TIME else ()
    return rows, [_plain(value) for value in last]


def _behind(query: Select[Any], key: tuple[Any, ...], behind: Place) -> Select[Any]:
    if not behind:
        return query
    return query.where(tuple_(*key) > _place(key, map(_of_column, key, behind)))


def _place(key: tuple[Any, ...], values: Iterable[Any]) -> Any:
    """A place in a table, of the types of its key: SQLite writes an id otherwise than the text of it."""
    return tuple_(*values, types=[column.type for column in key])


def _of_column(column: Any, value: Any) -> Any:
    return datetime.fromisoformat(value) if column.type.python_type is datetime else value


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


OF_EVERY_SERVICE = (
    Source("history", OutboxRow, "actor", "id time actor type subject_type subject_id"),
    Source("roles", Grant, "person", "id person role scope_type scope_id granted_at revoked_at"),
    Source("jobs", JobRow, "asked_by", "id asked_by name created_at ended_at state"),
    Source("parked_settlements", Settlement, "actor", "id actor reference settled reason settled_at"),
)
"""What each service holds of whoever has done something, holds a role, has asked for long work, or has seen to parked work."""
