"""Writing: a table as a file, CSV (RFC 4180, with the mark by which Excel knows UTF-8) or XLSX, row by row.

No text is taken for a formula, whether it stands in a heading or in a cell.
"""

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

from kit.sheets.cells import marked, typed

Value = str | Decimal | datetime | None

MARK = "\ufeff"
MOMENT = "yyyy-mm-dd hh:mm:ss"
TEXT = "@"
WIDTH = 18
CHUNK = 65_536


def csv_lines(rows: Iterable[Sequence[Value | str]]) -> bytes:
    """Some rows of a CSV file; a text is quoted, so that nothing in it is taken for a delimiter of any kind."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n", quoting=csv.QUOTE_NONNUMERIC)
    writer.writerows([_plain(cell) for cell in row] for row in rows)
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
        """A text stays a text, whatever it begins with, and also after somebody has edited it."""
        said = typed(value) if isinstance(value, str) else value
        cell: Any = WriteOnlyCell(self._sheet, cast(Any, said))  # its stubs know no Decimal
        if isinstance(value, str):
            cell.data_type, cell.number_format, cell.quotePrefix = "s", TEXT, True
        elif isinstance(value, datetime):
            cell.number_format = MOMENT
        return cell


def chunks(file: IO[bytes]) -> Iterator[bytes]:
    """The bytes of a file, which is closed at their end or when nobody wants more."""
    with file:
        while chunk := file.read(CHUNK):
            yield chunk


def _plain(cell: Value) -> str | Decimal:
    if isinstance(cell, Decimal):
        return cell
    if isinstance(cell, str):
        return marked(cell)
    return cell.isoformat(" ") if cell else ""
