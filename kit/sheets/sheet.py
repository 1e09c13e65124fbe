"""Sheet: a file read by a layout, line by line, with every fault of every cell and nothing believed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from contracts.base import Refusal
from contracts.refusals import Required, TooLong
from contracts.sheets import CellIsFormula, CellsTooMany, ColumnMissing, RowUnreadable
from kit.sheets.cells import cleaned, shortened, would_calculate
from kit.sheets.finding import table_of
from kit.sheets.layout import Column, Layout
from kit.sheets.reading import BrokenOff, Cells, Numbered, Unreadable

NOTHING: Numbered = (1, [])
Columns = Sequence[Column | None]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in one cell: `row` counts from 1 as a spreadsheet does, `column` is our name, None for a whole row."""

    row: int
    column: str | None
    refusal: Refusal


@dataclass(frozen=True, slots=True)
class Line:
    """One row: the value of each column by our names, and what stands in the cells, cleaned."""

    number: int
    values: Mapping[str, Any]
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The lines that could be read, every fault, and the headings of our columns as they stand in the file.

    A line with a fault is among the lines all the same.
    """

    layout: Layout
    lines: tuple[Line, ...]
    faults: tuple[Fault, ...]
    headings: Mapping[str, str]

    def told(self, faults: Iterable[Fault], locale: str) -> list[dict[str, Any]]:
        """Faults for whoever filled in the file, from its top to its bottom."""
        cells = {line.number: line.cells for line in self.lines}
        return [
            self._told(fault, cells.get(fault.row, {}), locale) for fault in sorted(faults, key=lambda each: each.row)
        ]

    def _told(self, fault: Fault, cells: Mapping[str, str], locale: str) -> dict[str, Any]:
        column = next((each for each in self.layout.columns if each.name == fault.column), None)
        return {
            "row": fault.row,
            "column": fault.column,
            "heading": self.headings.get(column.name) or column.heading(locale) if column else None,
            "value": shortened(cells[column.name]) if column and cells.get(column.name) else None,
            "code": fault.refusal.code,
            "message": fault.refusal.text(locale),
        }


def read_sheet(data: bytes | str, layout: Layout, *, most: int) -> Sheet:
    """Read a CSV or XLSX file of at most so many lines; never raises: whatever is wrong with it is a fault."""
    try:
        rows = table_of(data, layout)
        number, headings = next(rows, NOTHING)
    except Unreadable:
        return Sheet(layout, (), (Fault(1, None, layout.unreadable()),), {})
    if not headings:
        return Sheet(layout, (), (Fault(number, None, layout.empty()),), {})
    columns = layout.columns_of(headings)
    wrong = [Fault(number, each.name if each else None, refusal) for each, refusal in layout.faults(headings)]
    lines: list[Line] = []
    if not any(isinstance(fault.refusal, ColumnMissing) for fault in wrong):
        wrong += _read(_said(rows, headings, columns), columns, lines, layout, most)
    if not lines and not wrong:
        wrong.append(Fault(number, None, layout.empty()))
    return Sheet(layout, tuple(lines), tuple(wrong), _named(columns, headings))


def _said(rows: Iterator[Numbered], headings: Cells, columns: Columns) -> Iterator[Numbered]:
    """The rows that are more than a number in a list that was prepared for more, or the headings once more."""
    for number, cells in rows:
        ours = (cell.strip() for column, cell in zip(columns, cells, strict=False) if column)
        if cells != headings and (any(ours) or _too_many(cells, columns)):
            yield number, cells


def _read(rows: Iterator[Numbered], columns: Columns, lines: list[Line], layout: Layout, most: int) -> Iterator[Fault]:
    """What is wrong with the rows, which become lines."""
    try:
        for number, cells in rows:
            if len(lines) == most:
                yield Fault(number, None, layout.too_long(most=most))
                return
            if _too_many(cells, columns):
                yield Fault(number, None, CellsTooMany())
            found = {column.name: cell for column, cell in zip(columns, cells, strict=False) if column}
            texts = {each.name: cleaned(found.get(each.name, ""), each.longest) for each in layout.columns}
            values = {each.name: _valued(each, found.get(each.name, ""), texts) for each in layout.columns}
            yield from (Fault(number, name, each) for name, each in values.items() if isinstance(each, Refusal))
            blank = {each.name: each.blank for each in layout.columns if isinstance(values[each.name], Refusal)}
            lines.append(Line(number, values | blank, texts))
    except BrokenOff as broken:
        yield Fault(broken.row, None, RowUnreadable())


def _too_many(cells: Cells, columns: Columns) -> bool:
    return any(cell.strip() for cell in cells[len(columns) :])


def _named(columns: Columns, headings: Cells) -> dict[str, str]:
    return {column.name: " ".join(heading.split()) for column, heading in zip(columns, headings, strict=True) if column}


def _valued(column: Column, cell: str, texts: Mapping[str, str]) -> Any:
    """What a cell says, or the Refusal that says what is wrong with it."""
    try:
        return _value(column, cell, texts)
    except Refusal as refusal:
        return refusal


def _value(column: Column, cell: str, texts: Mapping[str, str]) -> Any:
    """What a cell says; raises the Refusal that says what is wrong with it."""
    text = texts[column.name]
    if not text:
        if _is_required(column, texts):
            raise Required
        return column.blank
    if len(text) > column.longest:
        raise TooLong(max=column.longest)
    if would_calculate(cell):
        raise CellIsFormula
    return column.read(text)


def _is_required(column: Column, texts: Mapping[str, str]) -> bool:
    besides = any(texts[each] for each in column.required_with)
    return column.required or besides or any(not texts[each] for each in column.required_without)
