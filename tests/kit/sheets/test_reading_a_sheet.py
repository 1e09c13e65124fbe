"""Reading a sheet: whatever people put around a table, its rows are found, and each fault says in which cell it is."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from kit.sheets import workbook_reading
from kit.sheets.layout import Column, Layout
from kit.sheets.sheet import Sheet, read_sheet
from kit.sheets.workbook import Xlsx
from kit.sheets.writing import MARK, csv_lines

LAYOUT = Layout(
    (
        Column("name", "姓名", "Name", required=True),
        Column("unit", "单位", "Unit", ("school",)),
        Column("day", "日期", "Day"),
    ),
    passed_over=("备注",),
)
HEAD = ["姓名", "单位", "日期"]
ROW = ["张三", "黄山学院", "2026-06-30"]


def as_csv(*rows: Sequence[Any], encoding: str = "utf-8", delimiter: str = ",") -> bytes:
    return "\r\n".join(delimiter.join("" if each is None else str(each) for each in row) for row in rows).encode(
        encoding
    )


def as_xlsx(*rows: Sequence[Any]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    return saved(book)


def saved(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def reading(data: bytes | str, most: int = 100) -> Sheet:
    return read_sheet(data, LAYOUT, most=most)


def read(data: bytes | str) -> list[tuple[int, str, str, str]]:
    sheet = reading(data)
    assert faults(sheet) == []
    return [(line.number, line.values["name"], line.values["unit"], line.values["day"]) for line in sheet.lines]


def faults(sheet: Sheet) -> list[tuple[int, str | None, str]]:
    return [(fault.row, fault.column, fault.refusal.code) for fault in sheet.faults]


@pytest.mark.parametrize("written", [as_csv, as_xlsx])
def test_what_stands_around_a_table_is_no_part_of_it(written: Callable[..., bytes]) -> None:
    title, blank = ["2026年成员名单", None, None, None], [None, None, None, None]
    head = ["序号", "*姓名", "单位（全称）", "日期 / Day"]

    data = written(
        title, ["填报单位：黄山学院", None], blank, head, [1, *ROW], blank, [2, *ROW], [3, None, None, None], head
    )

    assert read(data) == [(5, *ROW), (7, *ROW)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "；", "，"])
def test_a_text_is_read_in_any_encoding_with_any_delimiter(encoding: str, delimiter: str) -> None:
    title = ["名单：甲,乙,丙,丁;戊;己;庚"] if delimiter in ";\t" else ["名单"]

    assert read(as_csv(title, HEAD, ROW, encoding=encoding, delimiter=delimiter)) == [(3, *ROW)]


@pytest.mark.parametrize("said", ["sep=,", "SEP=,", '"sep=,"', "sep=,,,"])
def test_a_line_that_says_the_delimiter_is_no_row(said: str) -> None:
    assert read(said.encode() + b"\r\n" + as_csv(HEAD, ROW)) == [(2, *ROW)]


def test_rows_are_counted_as_a_spreadsheet_counts_them() -> None:
    data = as_csv(HEAD, ['"张\n三"', "甲", ""], [], ROW)

    assert [number for number, *_ in read(data)] == [2, 4]


@pytest.mark.parametrize(
    "heading",
    [
        "姓名",
        " 姓 名 ",
        "*姓名",
        "姓名*",
        "姓名（必填）",
        "姓名(必填)：",
        "【必填】姓名",
        "姓名/Name",
        "姓名\nName",
        "NAME",
    ],
)
def test_a_heading_is_known_by_its_word(heading: str) -> None:
    assert [column and column.name for column in LAYOUT.columns_of([heading])] == ["name"]


def test_a_heading_that_is_not_ours_is_told_and_one_that_is_passed_over_is_not() -> None:
    sheet = reading(as_csv(["姓名", "备注", "身高", "", "单位", "school"], ["张三", "好", "180", "x", "甲", "乙"]))

    assert faults(sheet) == [(1, None, "COLUMN_UNKNOWN"), (1, "unit", "COLUMN_TWICE")]


@pytest.mark.parametrize("cell", ['"张"三', '"张三', "x" * 200_000])
def test_a_quotation_mark_without_a_partner_is_told_at_its_row(cell: str) -> None:
    sheet = reading(as_csv(["名单"], HEAD, ROW, [cell, "甲", ""], ROW))

    assert [line.number for line in sheet.lines] == [3]
    assert faults(sheet) == [(4, None, "ROW_UNREADABLE")]
    assert reading(as_csv(HEAD, ['张"三', '5" 屏', ""])).faults == ()


def test_a_fault_tells_heading_and_value_in_both_languages() -> None:
    sheet = reading(as_csv(["姓名（必填）", "单位"], ["", "=SUM(A1)"], ["甲", "乙" * 101]))

    told = [
        [(each["heading"], each["value"], each["message"]) for each in sheet.told(sheet.faults, locale)]
        for locale in ("zh-CN", "en")
    ]
    assert told[0][:2] == [("姓名（必填）", None, "此项必填。"), ("单位", "=SUM(A1)", "单元格不能以 =、+、-、@ 开头。")]
    assert told[0][2] == ("单位", "乙" * 39 + "…", "最多 100 个字符或项目。")
    assert told[1][0] == ("姓名（必填）", None, "This is required.")


def test_a_file_has_as_many_lines_as_it_may() -> None:
    sheet = reading(as_csv(HEAD, ROW, ROW, ROW), most=2)

    assert (len(sheet.lines), faults(sheet)) == (2, [(4, None, "SHEET_TOO_LONG")])


@pytest.mark.parametrize("data", [b"", b"\n\n", as_csv(HEAD), as_xlsx(), as_xlsx(HEAD)])
def test_a_file_without_rows_is_empty_or_has_no_columns(data: bytes) -> None:
    assert {code for _, _, code in faults(reading(data))} == {"SHEET_EMPTY"}


# ---- workbooks ----------------------------------------------------------------------------------------------------


def test_cells_of_a_workbook_are_what_a_person_sees() -> None:
    data = as_xlsx(HEAD, [34, 1.5, date(2026, 6, 30)], [True, 340104199901010000, "=1+1"], ["_x0041_", None, "x"])

    sheet = reading(data)

    assert [tuple(line.cells.values()) for line in sheet.lines] == [
        ("34", "1.5", "2026-06-30"),
        ("TRUE", "3.40104E+17", "=1+1"),
        ("A", "", "x"),
    ]
    assert faults(sheet) == [(3, "day", "CELL_IS_FORMULA")]


def test_the_sheet_with_the_table_is_found_and_hidden_ones_are_not_read() -> None:
    book = Workbook()
    book.active.append(["填写说明：单位请写全称"])
    for state in ("hidden", "visible"):
        sheet = book.create_sheet(state)
        sheet.sheet_state = state
        sheet.merge_cells("A1:C1")
        for row in (["名单"], HEAD, [state, *ROW[1:]]):
            sheet.append(row)

    assert read(saved(book)) == [(4, "visible", *ROW[1:])]


def test_a_text_that_begins_as_a_formula_comes_back_where_a_mark_says_that_it_is_one() -> None:
    texts = ["=1+1", "-5", "@甲"]
    book = Xlsx("名单", HEAD)
    book.add([texts])
    with book.close() as file:
        workbook = file.read()

    assert read(workbook) == [(2, *texts)]
    assert read(MARK.encode() + csv_lines([HEAD, texts])) == [(2, *texts)]
    assert faults(reading(as_csv(HEAD, texts))) == [(2, each, "CELL_IS_FORMULA") for each in ("name", "unit", "day")]


def zipped(without: str = "", **parts: str) -> bytes:
    """A workbook with these parts in the place of its own, and one left out."""
    file, own = io.BytesIO(), zipfile.ZipFile(io.BytesIO(as_xlsx(HEAD, ROW)))
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as parts_of:
        for name in own.namelist():
            short = name.rsplit("/", 1)[-1].removesuffix(".xml").replace("[", "").replace("]", "")
            if short != without:
                parts_of.writestr(name, parts.get(short, own.read(name)))
    return file.getvalue()


SPREADSHEET = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04" + b"\0" * 100,
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100,  # an .xls, or a workbook with a password
        zipped(workbook="<nonsense"),
        zipped(without="workbook"),
        zipped(without="Content_Types"),
        zipped(Content_Types='<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'),
        zipped(sheet1=" " * (workbook_reading.MOST_BYTES + 1)),
        zipped(sheet1="<row/>" * (workbook_reading.MOST_TAGS + 1)),
        zipped(theme1="<a/>" * (workbook_reading.MOST_OTHER_TAGS + 1)),
        zipped(
            sheet1='<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
            f"<worksheet {SPREADSHEET}><sheetData><row><c t='str'><v>&b;</v></c></row></sheetData></worksheet>"
        ),
    ],
    ids=range(10),
)
def test_what_is_no_workbook_is_unreadable(data: bytes) -> None:
    assert faults(reading(data)) == [(1, None, "SHEET_UNREADABLE")]


def test_a_cell_far_out_costs_nothing() -> None:
    row = "<row r='999999999'><c r='XFD999999999' t='str'><v>x</v></c></row>"
    far = f"<worksheet {SPREADSHEET}><sheetData>{row}</sheetData></worksheet>"

    assert faults(reading(zipped(sheet1=far))) == [(1, None, "SHEET_EMPTY")]


@given(data=st.binary(max_size=200))
def test_nothing_whatever_makes_the_reading_fail(data: bytes) -> None:
    for given_ in (data, b"PK\x03\x04" + data):
        sheet = reading(given_, most=5)

        assert len(sheet.lines) <= 5
        assert sheet.lines or sheet.faults
