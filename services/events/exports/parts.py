"""Parts: a page of a table as it leaves the service."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kit.data.db import Session
from services.events.editions.editions.model import Edition
from services.events.exports.cells import Cell, Column
from services.events.exports.rights import Sight

Row = list[Cell]


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


Export = Callable[[Session, Edition, Sight, Part], Table]
"""Reads one part of a table for somebody, with as many statements for one row as for a thousand."""
