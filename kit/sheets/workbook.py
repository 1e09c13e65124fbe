"""Workbook: a table as XLSX, row by row; no text is taken for a formula, whether it stands in a heading or in a cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from tempfile import TemporaryFile
from typing import IO, Any, cast

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from kit.sheets.cells import typed
from kit.sheets.writing import Value

MOMENT = "yyyy-mm-dd hh:mm:ss"
TEXT = "@"
WIDTH = 18


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
