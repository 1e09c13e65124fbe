"""Writing: a table as CSV, row by row (RFC 4180, with the mark by which Excel knows UTF-8); no text is taken for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from typing import IO

from kit.sheets.cells import marked

Value = str | Decimal | datetime | None

MARK = "\ufeff"
CHUNK = 65_536


def csv_lines(rows: Iterable[Sequence[Value | str]]) -> bytes:
    """Some rows of a CSV file; a text is quoted, so that nothing in it is taken for a delimiter of any kind."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n", quoting=csv.QUOTE_NONNUMERIC)
    writer.writerows([_plain(cell) for cell in row] for row in rows)
    return text.getvalue().encode()


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
