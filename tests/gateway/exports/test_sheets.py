"""Sheets: what a table says in each language, read again by others, with nothing in it that would be calculated."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from decimal import Decimal
from typing import Any

from openpyxl import load_workbook

from gateway.exports.cells import headings, values
from kit.clock import CHINA
from kit.sheets.workbook import Xlsx
from kit.sheets.writing import MARK, csv_lines

COLUMNS = [
    {"zh": "代码", "en": "Code", "kind": "text"},
    {"zh": "单位", "en": "Institution", "kind": "text"},
    {"zh": "成绩", "en": "Score", "kind": "number"},
    {"zh": "时间", "en": "Time", "kind": "moment"},
]
NINE = datetime(2026, 5, 1, 9, 0, tzinfo=CHINA).replace(tzinfo=None)
ROW = ["0034", {"zh": "黄山学院", "en": "Huangshan University"}, "-87.50", "2026-05-01T01:00:00.123+00:00"]


def as_csv(*rows: list[Any]) -> list[list[str]]:
    text = (MARK.encode() + csv_lines(rows)).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def as_xlsx(head: list[str], *rows: list[Any]) -> Any:
    """The only sheet of the workbook, read again."""
    book = Xlsx("成绩", head)
    book.add(rows)
    with book.close() as file:
        return load_workbook(io.BytesIO(file.read())).active


def test_headings_are_in_the_language_of_the_reader_and_times_name_their_zone() -> None:
    assert headings(COLUMNS, "zh-CN") == ["代码", "单位", "成绩", "时间（北京时间）"]
    assert headings(COLUMNS, "en") == ["Code", "Institution", "Score", "Time (China time)"]


def test_cells_are_words_numbers_and_moments_in_china() -> None:
    assert values(ROW, COLUMNS, "en") == ["0034", "Huangshan University", Decimal("-87.50"), NINE]
    assert values(ROW, COLUMNS, "zh-CN")[1] == "黄山学院"
    assert values(["", None, None, None], COLUMNS, "en") == [None] * 4


def test_a_csv_file_has_the_mark_of_utf_8_and_lines_of_rfc_4180() -> None:
    text = csv_lines([["甲", 'a "b", c\nd', Decimal("1.50"), NINE, None]])

    assert text == '"甲","a ""b"", c\nd",1.50,"2026-05-01 09:00:00",""\r\n'.encode()
    assert as_csv(["x"]) == [["x"]]


def test_a_workbook_keeps_leading_zeros_freezes_its_head_and_knows_numbers_and_times() -> None:
    sheet = as_xlsx(["代码", "单位", "成绩", "时间"], values(ROW, COLUMNS, "zh-CN"))

    code, name, score, time = sheet[2]
    assert (code.value, code.data_type, code.number_format) == ("0034", "s", "@")
    assert (name.value, score.value, score.data_type) == ("黄山学院", -87.5, "n")
    assert (time.value, time.number_format) == (NINE, "yyyy-mm-dd hh:mm:ss")
    assert sheet.freeze_panes == "A2"
    assert sheet.title == "成绩"
    assert sheet["A1"].font.bold and sheet.column_dimensions["A"].width == 18
