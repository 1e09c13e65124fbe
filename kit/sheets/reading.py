"""Reading: a CSV file as people save it: UTF-8, UTF-16 or GB 18030 (Excel’s “CSV” in China), with any usual delimiter."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from kit.sheets.cells import unmarked

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")

_QUOTED = re.compile(r'"[^"]*"')
LONGEST_LINE = 100_000
"""Characters in which a first line is looked for; the delimiter is what parts it outside of quotes."""


class Unreadable(Exception):  # noqa: N818
    """It is no CSV text in one of these encodings, or one of its quoted cells never ends."""


def text_of(data: bytes | str) -> str:
    """The text of a file; a byte order mark decides, else UTF-8 before GB 18030, which would take almost anything.

    Raises Unreadable.
    """
    text = data if isinstance(data, str) else _decoded(data)
    text = text.removeprefix("\ufeff")
    if _UNPRINTABLE.search(text):
        raise Unreadable
    return text


def lines_of(text: str, most: int) -> Iterator[tuple[int, list[str]]]:
    """The cells of the lines that are not blank, with their numbers, at most one line more than `most`; raises Unreadable.

    The mark by which our own files keep spreadsheets from calculating a text is taken off again.
    """
    first = _QUOTED.sub("", text[:LONGEST_LINE]).lstrip().partition("\n")[0]
    delimiter = max(",;\t，；", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    found = 0
    try:
        for marked in reader:
            cells = [unmarked(cell) for cell in marked]
            if any(cell.strip() for cell in cells):
                yield reader.line_num, cells
                found += 1
            if found > most:
                return
    except csv.Error as error:
        raise Unreadable from error


def _decoded(data: bytes) -> str:
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else ("utf-8", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable
