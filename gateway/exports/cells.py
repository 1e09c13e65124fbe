"""Cells: what a table of a service shows in one language, with nothing in it that a spreadsheet would calculate.

A text that begins as a formula gets an apostrophe in front, as OWASP advises against CSV injection; in full width too,
which spreadsheets of East Asia take for the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from kit.clock import CHINA

FORMULA = tuple("=+-@\t\r\n＝＋－＠")
MOST_LETTERS = 32_000  # a cell of a spreadsheet holds 32,767
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

Value = str | Decimal | datetime | None


def headings(columns: Sequence[dict[str, Any]], locale: str) -> list[str]:
    """The first row."""
    zone = " (China time)" if locale == "en" else "（北京时间）"
    return [column[_of(locale)] + (zone if column["kind"] == "moment" else "") for column in columns]


def values(row: Sequence[Any], columns: Sequence[dict[str, Any]], locale: str) -> list[Value]:
    """What stands in a row: texts that are safe, numbers, and moments without a zone in China time."""
    return [_value(cell, column["kind"], locale) for cell, column in zip(row, columns, strict=True)]


def harmless(text: str) -> str:
    """The text, which no spreadsheet takes for a formula."""
    printable = _UNPRINTABLE.sub("\ufffd", text)[:MOST_LETTERS]
    return f"'{printable}" if printable.startswith(FORMULA) else printable


def _value(cell: Any, kind: str, locale: str) -> Value:
    if cell is None or cell == "":
        return None
    if kind == "number":
        return Decimal(cell)
    if kind == "moment":
        return datetime.fromisoformat(cell).astimezone(CHINA).replace(tzinfo=None, microsecond=0)
    return harmless(cell[_of(locale)] if isinstance(cell, dict) else str(cell))


def _of(locale: str) -> str:
    return "en" if locale == "en" else "zh"
