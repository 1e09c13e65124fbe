"""Workbook reading: the visible sheets of an XLSX file, cell by cell as a person sees them, and never more than fits.

A cell is given as `reading` gives one of CSV: what is a text by its type and begins as a formula has our mark in front, and
what the spreadsheet would calculate begins with “=”.
"""

from __future__ import annotations

import io
import re
import struct
import warnings
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from kit.sheets.cells import marked
from kit.sheets.reading import Numbered, Unreadable

MOST_BYTES = 16_000_000
"""Of all parts unpacked. A workbook of 2,000 rows with 20 columns has 3,000,000."""
MOST_TAGS, MOST_OTHER_TAGS = 300_000, 30_000
"""Of its cells and texts, and of what else there is, such as styles: a second of reading. The same one has 240,000."""
MOST_SHEETS, MOST_ROWS, MOST_COLUMNS = 10, 20_000, 100
DIGITS = 15
"""Of a number that a spreadsheet keeps."""
FORMULA = "="
_BEGINNING = b"PK\x03\x04"
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_BROKEN = (
    *(
        ArithmeticError,
        AttributeError,
        EOFError,
        LookupError,
        OSError,
        RuntimeError,
        SyntaxError,
        TypeError,
        ValueError,
    ),
    *(struct.error, zipfile.BadZipFile, zlib.error),
)
"""What openpyxl and the archive raise where a file is not what it should be."""


def is_workbook(data: bytes) -> bool:
    """Whether the bytes begin as those of an XLSX file do."""
    return data.startswith(_BEGINNING)


def sheets_of(data: bytes) -> list[list[Numbered]]:
    """The rows that are not blank, with their numbers, of each visible sheet; raises Unreadable."""
    try:
        _check_size(data)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what openpyxl leaves out, as the colours of a cell
            return _sheets(data)
    except _BROKEN as error:
        raise Unreadable from error


def _check_size(data: bytes) -> None:
    """Raises Unreadable where a small file would become a large one, before any of it is made into objects."""
    tags = Counter[bool]()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = [part for part in archive.infolist() if part.filename.endswith((".xml", ".rels"))]
        if sum(part.file_size for part in parts) > MOST_BYTES:
            raise Unreadable
        for part in parts:
            tags[_has_cells(part.filename)] += archive.read(part).count(b"<")
    if tags[True] > MOST_TAGS or tags[False] > MOST_OTHER_TAGS:
        raise Unreadable


def _has_cells(part: str) -> bool:
    return "worksheets/" in part or "sharedStrings" in part


def _sheets(data: bytes) -> list[list[Numbered]]:
    from openpyxl import load_workbook  # noqa: PLC0415 - slow to import, and most processes read no workbook

    book = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
    try:
        visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"][:MOST_SHEETS]
        return [list(_rows(sheet)) for sheet in visible]
    finally:
        book.close()


def _rows(sheet: Any) -> Iterator[Numbered]:
    sheet.reset_dimensions()  # some programs write wrong ones
    rows = sheet.iter_rows(min_row=1, max_row=MOST_ROWS, max_col=MOST_COLUMNS)
    for row, values in enumerate(rows, 1):
        cells = [_cell(each.value, each.data_type) if each.value is not None else "" for each in values]
        while cells and not cells[-1]:
            cells.pop()
        if any(cell.strip() for cell in cells):
            yield row, cells


def _cell(value: Any, kind: str) -> str:
    if kind == "f":
        return value if isinstance(value, str) else FORMULA
    if isinstance(value, str):
        return marked(_unescaped(value))
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        return str(value.date() if value.time() == time() else value)
    return str(value) if isinstance(value, date | time | timedelta) else _number(value)


def _unescaped(text: str) -> str:
    """What XLSX writes as `_x000D_` is a character (ECMA-376 part 1, section 22.9.2.19)."""
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _number(value: float) -> str:
    """As a person typed it; what a spreadsheet has rounded is shown as it shows it."""
    if abs(value) >= 10**DIGITS:
        return f"{value:.5E}"
    return str(int(value)) if value == int(value) else repr(value)
