"""Layout: the columns of a sheet as a family declares them, and how they are found under the headings that people write."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from contracts.base import Refusal
from contracts.names import normal
from contracts.sheets import ColumnMissing, ColumnTwice, ColumnUnknown, SheetEmpty, SheetTooLong, SheetUnreadable

LONGEST = 100
NUMBERING = ("序号", "行号", "顺序号", "序", "no", "row", "row number", "serial number")
"""Headings of columns that only count the rows."""
_REMARK = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|〔[^〔〕]*〕")
_PARTS = re.compile(r"[/|\n]")


@dataclass(frozen=True, slots=True)
class Column:
    """A column by our name, with its heading in both languages and the others that it is known under.

    `read` gives the value of a cell or raises the Refusal that says what is wrong with it; `blank` is the value of a cell
    that is blank or has a fault. Case, spaces, marks and what stands in brackets do not count in a heading.
    """

    name: str
    zh: str
    en: str
    known_as: tuple[str, ...] = ()
    required: bool = False
    required_with: tuple[str, ...] = ()
    required_without: tuple[str, ...] = ()
    read: Callable[[str], Any] = normal
    blank: Any = ""
    longest: int = LONGEST

    def heading(self, locale: str) -> str:
        return self.en if locale == "en" else self.zh


@dataclass(frozen=True)
class Layout:
    """The columns of a sheet; those `passed_over` may stand in it, as in what we export, and say nothing to an import."""

    columns: tuple[Column, ...]
    passed_over: tuple[str, ...] = ()
    unreadable: type[Refusal] = SheetUnreadable
    empty: type[Refusal] = SheetEmpty
    too_long: type[Refusal] = SheetTooLong

    _known: Mapping[str, Column | None] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        passed_over: dict[str, Column | None] = {_plain(heading): None for heading in (*NUMBERING, *self.passed_over)}
        ours = {
            _plain(heading): column
            for column in self.columns
            for heading in (column.name, column.zh, column.en, *column.known_as)
        }
        object.__setattr__(self, "_known", passed_over | ours)

    def columns_of(self, headings: Sequence[str]) -> list[Column | None]:
        """Which column stands under each heading; None where none of ours does."""
        return [found[0] if (found := self._found(heading)) else None for heading in headings]

    def known(self, headings: Sequence[str]) -> int:
        """How many of our columns these headings name: what tells the row of headings from titles above it."""
        return len({column.name for column in self.columns_of(headings) if column})

    def faults(self, headings: Sequence[str]) -> Iterator[tuple[Column | None, Refusal]]:
        """What is wrong with the row of headings."""
        columns, seen = self.columns_of(headings), set()
        for heading, column in zip(headings, columns, strict=True):
            shown = " ".join(heading.split())[:LONGEST]
            if column and column.name in seen:
                yield column, ColumnTwice(column=shown)
            elif column:
                seen.add(column.name)
            elif shown and not self._found(heading) and _plain(heading):
                yield None, ColumnUnknown(column=shown)
        missing = [each for each in self.columns if each.required and each.name not in seen]
        yield from ((each, ColumnMissing(column=each.en, column_zh=each.zh)) for each in missing)

    def _found(self, heading: str) -> list[Column | None]:
        """At most one: our column of a heading, or None in a list for one that is passed over."""
        return [self._known[each] for each in _spellings(heading) if each in self._known][:1]


def _spellings(heading: str) -> Iterator[str]:
    """The heading as it stands, without remarks in brackets, and each half of one in two languages."""
    folded = unicodedata.normalize("NFKC", heading)
    bare = _REMARK.sub("", folded)
    yield from map(_plain, (folded, bare, *_PARTS.split(bare)))


def _plain(heading: str) -> str:
    """Its letters and digits alone."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", heading)).lower()
