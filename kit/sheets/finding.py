"""Finding: the table of a file, below titles and whatever else people put around it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from itertools import islice

from kit.sheets.layout import Layout
from kit.sheets.reading import BrokenOff, Numbered, delimiters, rows_of, said_delimiter, text_of
from kit.sheets.workbook_reading import is_workbook, sheets_of

HEAD = 20
"""Rows among which the row of headings is looked for."""

Rows = Callable[[], Iterator[Numbered]]
"""The rows of a table that are not blank, from the first one on, as often as they are asked for."""


def table_of(data: bytes | str, layout: Layout) -> Iterator[Numbered]:
    """The row in which the most of our columns are named, or else the first, and all below it; raises Unreadable."""
    return _likeliest(_tables(data), layout)


def _tables(data: bytes | str) -> list[Rows]:
    """The ways in which the file can be read: its sheets, or its text by each delimiter; raises Unreadable."""
    if isinstance(data, bytes) and is_workbook(data):
        return [partial(iter, rows) for rows in sheets_of(data)] or [partial(iter, ())]
    said, text = said_delimiter(text_of(data))
    return [partial(rows_of, text, each) for each in ([said] if said else delimiters(text))]


def _likeliest(tables: Sequence[Rows], layout: Layout) -> Iterator[Numbered]:
    heads = [_head(table) for table in tables]
    known = [max((layout.known(cells) for _, cells in head), default=0) for head in heads]
    best = known.index(max(known))
    place = next((place for place, (_, cells) in enumerate(heads[best]) if layout.known(cells) == known[best]), 0)
    return islice(tables[best](), place, None)


def _head(table: Rows) -> list[Numbered]:
    head: list[Numbered] = []
    with suppress(BrokenOff):
        head.extend(islice(table(), HEAD))
    return head
