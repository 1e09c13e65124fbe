"""Tables: a page of a table as it leaves the service."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from contracts.base import Named
from kit.data.db import Session
from services.events.directory.model import Organization
from services.events.editions.editions.model import Edition
from services.events.exports.cells import Cell, Column
from services.events.exports.sight import Sight

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


def institutions(session: Session, ids: Iterable[str]) -> dict[str, Named]:
    """The names of these institutions by their ids."""
    query = select(Organization).where(Organization.id.in_(set(ids)))
    return {each.id: each.named for each in session.scalars(query)}
