"""Parts: a page of a table as it leaves the service."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from kit.data.db import Session
from kit.data.paging import Page
from kit.data.rendering import rendered
from services.events.editions.editions.model import Edition
from services.events.exports.cells import Cell, Column, unreadable
from services.events.exports.rights import Sight

Row = list[Cell]
Read = TypeVar("Read")


@dataclass(frozen=True, slots=True)
class Part:
    """Which part of a table: so many rows behind a cursor."""

    first: int
    after: str | None


@dataclass(frozen=True, slots=True)
class Table:
    """Some rows of a table; `after` is where the next ones begin, None behind the last."""

    columns: Sequence[Column]
    rows: list[Row]
    after: str | None


def table(found: Page[Read], columns: Sequence[Column], row: Callable[[Read], Row]) -> Table:
    """A page of rows as a part of a table; in the place of a row that cannot be shown stands the number of the incident."""
    blank: Row = [None] * (len(columns) - 1)
    rows = rendered(found.rows, row, lambda _, incident: [unreadable(incident), *blank])
    return Table(columns, rows, found.cursors[-1] if found.has_next else None)


Export = Callable[[Session, Edition, Sight, Part], Table]
"""Reads one part of a table for somebody, with as many statements for one row as for a thousand."""
