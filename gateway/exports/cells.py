"""Cells: what a table of a service shows in one language."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from kit.clock import CHINA
from kit.sheets.writing import Value


def headings(columns: Sequence[dict[str, Any]], locale: str) -> list[str]:
    """The first row."""
    zone = " (China time)" if locale == "en" else "（北京时间）"
    return [column[_of(locale)] + (zone if column["kind"] == "moment" else "") for column in columns]


def values(row: Sequence[Any], columns: Sequence[dict[str, Any]], locale: str) -> list[Value]:
    """What stands in a row: texts, numbers, and moments without a zone in China time."""
    return [_value(cell, column["kind"], locale) for cell, column in zip(row, columns, strict=True)]


def _value(cell: Any, kind: str, locale: str) -> Value:
    if cell is None or cell == "":
        return None
    if kind == "number":
        return Decimal(cell)
    if kind == "moment":
        return datetime.fromisoformat(cell).astimezone(CHINA).replace(tzinfo=None, microsecond=0)
    return str(cell[_of(locale)] if isinstance(cell, dict) else cell)


def _of(locale: str) -> str:
    return "en" if locale == "en" else "zh"
