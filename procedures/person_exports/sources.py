"""Sources: where a service holds something of a person, and what of it belongs to them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, inspect, select, tuple_
from sqlalchemy.orm import DeclarativeBase, InstrumentedAttribute

from kit.data.db import Session
from kit.messages.outbox import OutboxRow
from kit.rights.grants import Grant
from kit.work.job_rows import JobRow

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
    def columns(self) -> dict[str, InstrumentedAttribute[Any]]:
        """What is shown, by name."""
        return {name: getattr(self.table, name) for name in self.shown.split()}


Place = list[Any]
"""The primary key behind which the walk through a table goes on, as JSON has it; [] at its beginning."""


def walk(session: Session, source: Source, ids: list[str], behind: Place) -> tuple[list[dict[str, Any]], Place]:
    """What the next rows of a table hold of a person, and where to go on; [] at the end of the table.

    By its primary key, so that a step costs the same however large the table is and whether the column has an index.
    """
    key = inspect(source.table).primary_key
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
)
"""What each service holds of whoever has done something, holds a role, or has asked for long work."""
