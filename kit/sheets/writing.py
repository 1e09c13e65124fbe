"""Writing: a table as a file, CSV (RFC 4180, with the mark by which Excel knows UTF-8) or XLSX, row by row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from tempfile import TemporaryFile
from typing import IO, Any, cast

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

Value = str | Decimal | datetime | None

MARK = "\ufeff"
MOMENT = "yyyy-mm-dd hh:mm:ss"
TEXT = "@"
WIDTH = 18
CHUNK = 65_536


def csv_lines(rows: Iterable[Sequence[Value | str]]) -> bytes:
    """Some rows of a CSV file."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows([_plain(cell) for cell in row] for row in rows)
    return text.getvalue().encode()


class Xlsx:
    """A workbook with one sheet, which is written as its rows come and held on disk, not in memory."""

    def __init__(self, title: str, headings: Sequence[str]) -> None:
        self._book = Workbook(write_only=True)
        self._sheet: Any = self._book.create_sheet(title)
        self._sheet.freeze_panes = "A2"
        for number in range(1, len(headings) + 1):
            self._sheet.column_dimensions[get_column_letter(number)].width = WIDTH
        self._sheet.append([self._heading(text) for text in headings])

    def add(self, rows: Iterable[Sequence[Value]]) -> None:
        for row in rows:
            self._sheet.append([self._cell(value) for value in row])

    def close(self) -> IO[bytes]:
        """The file, to be read from its beginning and closed."""
        file: IO[bytes] = TemporaryFile()  # noqa: SIM115 - whoever reads it closes it
        self._book.save(file)
        file.seek(0)
        return file

    def _heading(self, text: str) -> Any:
        cell = self._cell(text)
        cell.font = Font(bold=True)
        return cell

    def _cell(self, value: Value) -> Any:
        """A text stays a text, whatever digits it begins with."""
        cell: Any = WriteOnlyCell(self._sheet, cast(Any, value))  # its stubs know no Decimal
        if isinstance(value, str):
            cell.data_type, cell.number_format = "s", TEXT
        elif isinstance(value, datetime):
            cell.number_format = MOMENT
        return cell


def chunks(file: IO[bytes]) -> Iterator[bytes]:
    """The bytes of a file, which is closed at their end or when nobody wants more."""
    with file:
        while chunk := file.read(CHUNK):
            yield chunk


def _plain(cell: Value) -> str:
    if cell is None:
        return ""
    return cell.isoformat(" ") if isinstance(cell, datetime) else str(cell)
