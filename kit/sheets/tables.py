"""Tables: what a service gives out as a sheet, part by part, in both languages where it is a word."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar

from contracts.base import Named
from contracts.regions import region
from kit.data.paging import Page
from kit.data.rendering import rendered

Word = dict[str, str]
"""{"zh": …, "en": …}: read in the language of whoever exports."""
Cell = str | int | Word | None
"""A number is text in digits; the column says that it is one. A moment is ISO 8601."""
Row = list[Cell]
Read = TypeVar("Read")


class ColumnKind(StrEnum):
    """How the cells of a column are to be read."""

    TEXT = "text"
    NUMBER = "number"
    MOMENT = "moment"


@dataclass(frozen=True, slots=True)
class Column:
    """A column with its heading."""

    zh: str
    en: str
    kind: ColumnKind = ColumnKind.TEXT


def word(zh: str, en: str) -> Word:
    return {"zh": zh, "en": en or zh}


def named(name: Named | None) -> Word | None:
    return word(name.zh, name.en) if name else None


def province(code: str) -> Word:
    found = region(code)
    return word(found.name_zh, found.name_en) if found else word(code, code)


def unreadable(incident: str) -> Word:
    """What stands in the first cell of a row that cannot be shown."""
    return word(f"此行无法显示，编号 {incident}", f"This row cannot be shown; its number is {incident}")


def moment(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def number(column_zh: str, column_en: str) -> Column:
    return Column(column_zh, column_en, ColumnKind.NUMBER)


def time(column_zh: str, column_en: str) -> Column:
    return Column(column_zh, column_en, ColumnKind.MOMENT)


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


def part_view(table: Table, *, zh: str, en: str) -> dict[str, Any]:
    """The part as it leaves the service, with the name that its file gets in each language."""
    return {
        "name": {"zh": zh, "en": en},
        "columns": [{"zh": column.zh, "en": column.en, "kind": column.kind} for column in table.columns],
        "rows": table.rows,
        "after": table.after,
    }
