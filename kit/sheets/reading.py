"""Reading: a CSV file as people save it: UTF-8, UTF-16 or GB 18030 (Excel’s “CSV” in China), with any usual delimiter."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from kit.sheets.cells import unmarked

Cells = list[str]
"""One row as it stands in the file: a text that begins as a formula and has our mark in front is a text."""
Numbered = tuple[int, Cells]

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_QUOTED = re.compile(r'"[^"]*"')
_SAID = re.compile(r'\s*"?sep=(.)"?[ ,;\t]*(?:\r\n|\r|\n|\Z)', re.IGNORECASE)
"""The first line in which Excel may say its delimiter, which it does not count as a row."""
DELIMITERS = ",;\t，；"
LONGEST_LINE = 100_000
"""Characters in which a first line is looked for; the delimiter is what parts it outside of quotes."""


class Unreadable(Exception):  # noqa: N818
    """It is no text in one of these encodings, and no workbook."""


class BrokenOff(Unreadable):
    """From this row on the text cannot be parted into cells."""

    def __init__(self, row: int) -> None:
        super().__init__(row)
        self.row = row


def text_of(data: bytes | str) -> str:
    """The text of a file; a byte order mark decides, else UTF-8 before GB 18030, which would take almost anything.

    Raises Unreadable.
    """
    text = data if isinstance(data, str) else _decoded(data)
    text = text.removeprefix("\ufeff")
    if _UNPRINTABLE.search(text):
        raise Unreadable
    return text


def said_delimiter(text: str) -> tuple[str | None, str]:
    """The delimiter that the text itself says in a line `sep=,`, and the text behind that line."""
    said = _SAID.match(text)
    return (said[1], text[said.end() :]) if said else (None, text)


def delimiters(text: str) -> list[str]:
    """What may part the cells of this text, the most likely first: what its first line has most of, outside of quotes."""
    first = _QUOTED.sub("", text[:LONGEST_LINE]).lstrip().partition("\n")[0]
    return sorted(DELIMITERS, key=first.count, reverse=True)


def rows_of(text: str, delimiter: str) -> Iterator[Numbered]:
    """The rows that are not blank, with their numbers as a spreadsheet counts them; raises BrokenOff at the first broken one."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    row = 0
    try:
        for row, cells in enumerate(reader, 1):
            if any(unmarked(cell).strip() for cell in cells):
                yield row, cells
    except csv.Error as error:
        raise BrokenOff(row + 1) from error


def lines_of(text: str, most: int) -> Iterator[Numbered]:
    """The rows with their texts, parted by the most likely delimiter, at most one more than `most`; raises Unreadable."""
    for found, (row, cells) in enumerate(rows_of(text, delimiters(text)[0])):
        if found > most:
            return
        yield row, [unmarked(cell) for cell in cells]


def _decoded(data: bytes) -> str:
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else ("utf-8", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable
