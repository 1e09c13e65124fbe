"""Cells: what a table of a service shows in one language."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from contracts.times import within
from kit.clock import in_china
from kit.rendering import rendered
from kit.sheets.writing import Value


def headings(columns: Sequence[dict[str, Any]], locale: str) -> list[str]:
    """The first row."""
    zone = " (China time)" if locale == "en" else "（北京时间）"
    return [column[_of(locale)] + (zone if column["kind"] == "moment" else "") for column in columns]


def rows_of(part: dict[str, Any], locale: str) -> list[list[Value]]:
    """What stands in the rows of a part; in the place of one that cannot be shown stands the number of the incident."""
    columns = part["columns"]
    blank: list[Value] = [None] * (len(columns) - 1)
    zh, en = "此行无法显示，编号 {}", "This row cannot be shown; its number is {}"
    said = en if locale == "en" else zh
    return rendered(
        part["rows"], lambda row: values(row, columns, locale), lambda _, incident: [said.format(incident), *blank]
    )


def values(row: Sequence[Any], columns: Sequence[dict[str, Any]], locale: str) -> list[Value]:
    """What stands in a row: texts, numbers, and moments without a zone in China time."""
    return [_value(cell, column["kind"], locale) for cell, column in zip(row, columns, strict=True)]


def _value(cell: Any, kind: str, locale: str) -> Value:
    if cell is None or cell == "":
        return None
    if kind == "number":
        return Decimal(cell)
    if kind == "moment":
        moment = in_china(datetime.fromisoformat(cell)).replace(microsecond=0)
        # spreadsheets know no day before 1900
        return moment.replace(tzinfo=None) if within(moment) else moment.isoformat(" ")
    return str(cell[_of(locale)] if isinstance(cell, dict) else cell)


def _of(locale: str) -> str:
    return "en" if locale == "en" else "zh"
