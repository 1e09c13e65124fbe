"""Reading a roster: whatever spreadsheet wrote it, every fault with its row and column, and nothing hostile believed."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.person_numbers import is_person_number, person_number
from kit.person_keys import person_key
from services.events.admission.entering.roster import Roster, Row, read_roster
from tests.reporting.founding import FOUNDING_PAPERS

HEADER = "赛道,单位,参赛者,角色,姓名,证件号,成员单位,分组"
GOOD = "A,合肥学院,第一队,参赛者,王小明,11010519491231002X,,甲"
MOST = 100


def reading(*lines: str, header: str = HEADER, most_rows: int = MOST) -> Roster:
    return read_roster("\r\n".join((header, *lines)), most_rows=most_rows)


def faults(roster: Roster) -> list[tuple[int, str | None, str]]:
    return [(fault.row, fault.column, fault.refusal.code) for fault in roster.faults]


ROW = Row(
    number=2,
    track="A",
    organization="合肥学院",
    contestant="第一队",
    role="contestant",  # type: ignore[arg-type]
    name="王小明",
    person_number="11010519491231002X",
    member_organization="",
    group="甲",
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_roster_is_read_whatever_spreadsheet_wrote_it(encoding: str, delimiter: str) -> None:
    data = f"{HEADER}\r\n{GOOD}\r\n".replace(",", delimiter).encode(encoding)

    assert read_roster(data, most_rows=MOST) == Roster((ROW,), ())


def test_a_roster_is_read_under_english_headings_in_any_order() -> None:
    header = "Name,  TEAM , Institution,Track,Identity_Number,role,group"

    roster = reading("王小明,第一队,合肥学院,A,1101 0519 4912 31002x,Contestant,甲", header=header)

    assert roster == Roster((ROW,), ())


def test_a_row_may_name_nobody() -> None:
    roster = reading("A,合肥学院,第一队,,,,,")

    assert faults(roster) == []
    assert (roster.rows[0].name, roster.rows[0].role) == ("", "contestant")


def test_every_fault_of_every_row_is_told_with_its_column() -> None:
    roster = reading(
        ",合肥学院,第一队,裁判,王小明,11010519491231002X,,",
        GOOD,
        f"A,,{'队' * 101},,,123456789012345678,,,多余",
        "",
        "A,合肥学院,=cmd|' /C calc'!A0,,@SUM(A1),1.10105E+17,,",
    )

    assert faults(roster) == [
        (2, "track", "REQUIRED"),
        (2, "role", "ROLE_UNKNOWN"),
        (4, None, "CELLS_TOO_MANY"),
        (4, "organization", "REQUIRED"),
        (4, "contestant", "TOO_LONG"),
        (4, "name", "REQUIRED"),
        (4, "person_number", "PERSON_NUMBER_INVALID"),
        (6, "contestant", "CELL_IS_FORMULA"),
        (6, "name", "CELL_IS_FORMULA"),
        (6, "person_number", "NUMBER_ROUNDED"),
    ]
    assert [row.number for row in roster.rows] == [2, 3, 4, 6]


def test_what_spreadsheets_put_around_a_number_is_taken_off() -> None:
    roster = reading(
        'A,合肥学院,第一队,,王小明,"=""11010519491231002X""",,', "A,合肥学院,第二队,,李雷,'440308199901101512,,"
    )

    assert faults(roster) == []
    assert [row.person_number for row in roster.rows] == ["11010519491231002X", "440308199901101512"]


def test_the_header_is_told_what_is_missing_twice_or_not_known() -> None:
    roster = reading("A,甲,乙,丙", header="赛道,赛项,姓名,身高")

    assert roster.rows == ()
    assert faults(roster) == [
        (1, "track", "COLUMN_TWICE"),
        (1, None, "COLUMN_UNKNOWN"),
        (1, "organization", "COLUMN_MISSING"),
        (1, "contestant", "COLUMN_MISSING"),
    ]


def test_a_roster_that_is_too_long_is_read_as_far_as_it_may_be() -> None:
    roster = reading(*[GOOD] * 5, most_rows=3)

    assert len(roster.rows) == 3
    assert faults(roster) == [(5, None, "ROSTER_TOO_LONG")]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "ROSTER_EMPTY"),
        ("\ufeff \n\n".encode(), "ROSTER_EMPTY"),
        (HEADER.encode(), "ROSTER_EMPTY"),
        (b"PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\x00", "ROSTER_UNREADABLE"),  # a workbook, not a CSV
        (b"\x81\x20\xff\xff", "ROSTER_UNREADABLE"),
        (b"\xff\xfe\x00\xd8", "ROSTER_UNREADABLE"),
        (f"{HEADER}\nA,\0".encode(), "ROSTER_UNREADABLE"),
    ],
)
def test_a_file_that_is_no_roster_is_one_fault(data: bytes, code: str) -> None:
    roster = read_roster(data, most_rows=MOST)

    assert roster.rows == ()
    assert faults(roster) == [(1, None, code)]


@given(data=st.binary(max_size=300) | st.text(max_size=300))
def test_nothing_whatever_makes_the_reading_fail(data: Any) -> None:
    roster = read_roster(data, most_rows=5)

    assert len(roster.rows) <= 5
    assert roster.rows or roster.faults


cells = st.text(st.characters(codec="utf-8", exclude_characters="\0'"), max_size=20)


@given(rows=st.lists(st.lists(cells, min_size=8, max_size=8), min_size=1, max_size=8))
def test_no_row_without_a_fault_carries_a_formula(rows: list[list[str]]) -> None:
    lines = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows]

    roster = reading(*lines)

    faulty = {fault.row for fault in roster.faults}
    for row in roster.rows:
        values = (row.track, row.organization, row.contestant, row.name, row.member_organization, row.group)
        assert row.number in faulty or not any(value.startswith(("=", "+", "-", "@", "\t")) for value in values)


SENT = FOUNDING_PAPERS / "cases/inputs"
HEADINGS = "赛道,单位,参赛者,角色,姓名,证件号\n"
CELLS = "小学组,黄山学院,甲,,张三,\n"
ZHANG = [("小学组", "黄山学院", "甲", "张三")]


def read(roster: Roster) -> list[tuple[str, str, str, str]]:
    return [(row.track, row.organization, row.contestant, row.name) for row in roster.rows]


@pytest.mark.founding
@pytest.mark.parametrize(
    ("file", "rows", "told"),
    [
        ("roster-excel-sep-line.csv", ZHANG, []),
        ("roster-header-required-mark.csv", ZHANG, []),
        ("roster-numbered-rows.csv", ZHANG, []),
        ("roster-minus-name.csv", [("小学组", "黄山学院", "甲", "")], [(2, "name", "CELL_IS_FORMULA")]),
        ("roster-same-person-twice.csv", [("团队组", "黄山学院", "队一", "张三")] * 2, []),
    ],
)
def test_the_rosters_that_people_have_sent_are_read(file: str, rows: Any, told: Any) -> None:
    roster = read_roster((SENT / file).read_bytes(), most_rows=MOST)

    assert (read(roster), faults(roster)) == (rows, told)


@pytest.mark.parametrize(
    "text",
    [
        "sep=,\n" + HEADINGS + CELLS,
        ("sep=;\r\n" + HEADINGS + CELLS).replace(",", ";"),
        "序号," + HEADINGS + "1," + CELLS + "2,,,,,,\n3,,,,,,\n",
        HEADINGS.replace("姓名", "姓名（必填）").replace("赛道", "*赛道") + CELLS,
        "2026年班主任基本功大赛报名表,,,,,\n填报单位：黄山学院,,,,,\n\n" + HEADINGS + CELLS,
        HEADINGS + CELLS + HEADINGS,
    ],
)
def test_a_roster_is_read_as_clerks_keep_one(text: str) -> None:
    roster = read_roster(text.encode("gb18030"), most_rows=MOST)

    assert (read(roster), faults(roster)) == (ZHANG, [])


def test_a_row_may_name_all_people_of_an_entry_and_one_that_was_withdrawn_is_none() -> None:
    roster = reading(
        "A,合肥学院,甲队,张三、李四,王老师,已报名",
        "A,合肥学院,乙队,赵五,,已撤回",
        header="赛道,单位,参赛者,参赛成员,指导教师,状态",
    )

    assert [(row.number, row.role, row.name) for row in roster.rows] == [
        (2, "contestant", "张三"),
        (2, "contestant", "李四"),
        (2, "adviser", "王老师"),
    ]
    assert faults(reading("A,合肥学院,乙队,已撤回", header="赛道,单位,参赛者,状态")) == [(1, None, "ROSTER_EMPTY")]


@pytest.mark.parametrize(
    ("number", "valid"),
    [
        ("11010519491231002X", True),
        ("11010519491231002x", True),
        ("１１０１０５１９４９１２３１００２Ｘ", True),
        ("110105194912310021", False),
        ("E12345678", True),
        ("H0123456-7(8)", True),
        ("ABCDE", False),
        ("12", False),
        ("1" * 31, False),
    ],
)
def test_a_resident_number_must_have_its_check_digit_and_other_documents_are_taken(number: str, valid: bool) -> None:
    assert is_person_number(number) is valid


def test_a_key_is_the_same_for_every_spelling_and_another_under_another_secret() -> None:
    spellings = ("11010519491231002X", " 110105 19491231 002x", "１１０１０５１９４９１２３１００２Ｘ")

    keys = {person_key(b"secret", spelling) for spelling in spellings}

    assert len(keys) == 1
    assert keys != {person_key(b"other", spellings[0])}
    assert not any(person_number(spellings[0])[:6] in key for key in keys)


def test_no_two_numbers_have_the_same_key() -> None:
    draw = random.Random(7)
    numbers = {str(draw.randrange(10**17, 10**18)) for _ in range(2_000)}

    assert len({person_key(b"secret", number) for number in numbers}) == len(numbers)
