"""Tables: a task list by tabs, by bars or a cell a line is read row by row, as the same list in sentences would be."""

from __future__ import annotations

from datetime import date

import pytest

from contracts.projects.planning.plans import UnitRole
from services.projects.planning.plans.reading import DoubtCode, Reading, read_plan

TITLE = "某市教育局2025年重点任务分解表"
HEAD = ["序号", "重点任务", "工作目标", "牵头单位", "配合单位", "完成时限"]
ROWS = [
    ["1", "推进课程共建", "建设共享课程12门", "基教处", "人事处", "2025年6月底前"],
    ["2", "推进教师交流", "培训教师300人", "教师处", "财务处、人事处", "12月底前"],
]


def table(separator: str, rows: list[list[str]] = ROWS) -> str:
    return "\n".join([TITLE, *(separator.join(row) for row in [HEAD, *rows])])


def cell_a_line(rows: list[list[str]] = ROWS) -> str:
    return "\n\n".join([TITLE, *(cell for row in [HEAD, *rows] for cell in row)])


def said(reading: Reading) -> list[tuple[str | None, str, list[tuple[str, str | None]], list[date | None]]]:
    return [
        (
            item.number,
            item.text,
            [(unit.name, unit.role) for unit in item.units],
            [due.due_on for due in item.deadlines],
        )
        for item in reading.items
    ]


@pytest.mark.parametrize("text", [table("\t"), table(" | "), table("｜"), cell_a_line()])
def test_every_row_is_an_item_with_its_units_and_deadline(text: str) -> None:
    reading = read_plan(text)

    lead, part = UnitRole.LEAD, UnitRole.PARTICIPATING
    assert (reading.is_plan, reading.title) == (True, TITLE)
    assert said(reading) == [
        ("1", "推进课程共建。建设共享课程12门", [("基教处", lead), ("人事处", part)], [date(2025, 6, 30)]),
        (
            "2",
            "推进教师交流。培训教师300人",
            [("教师处", lead), ("财务处", part), ("人事处", part)],
            [date(2025, 12, 31)],
        ),
    ]
    assert [(target.value, target.unit) for item in reading.items for target in item.targets] == [
        (12, "门"),
        (300, "人"),
    ]
    assert DoubtCode.SENTENCE_UNFINISHED not in {doubt.code for doubt in reading.doubts}


def test_headings_between_the_rows_are_sections() -> None:
    rows = [["一、课程"], ROWS[0], ["二、教师"], ROWS[1]]

    for reading in (read_plan(table("\t", rows)), read_plan(cell_a_line(rows))):
        assert [section.title for section in reading.sections] == ["一、课程", "二、教师"]
        assert [item.section for item in reading.items] == ["1", "2"]


def test_cells_that_are_left_empty_do_not_move_the_others() -> None:
    reading = read_plan(table("\t", [["1", "推进课程共建", "", "", "人事处", ""], ROWS[1]]))

    assert said(reading)[0] == ("1", "推进课程共建", [("人事处", UnitRole.PARTICIPATING)], [])


def test_a_column_of_persons_is_left_out_and_any_other_is_doubted() -> None:
    head, row = ["序号", "工作任务", "责任单位", "责任人", "备注"], ["1", "推进课程共建", "基教处", "张三", "试点先行"]
    reading = read_plan("\n".join([TITLE, "\t".join(head), "\t".join(row), "\t".join(["2", "推进教师交流", "教师处"])]))

    assert [item.responsible_units for item in reading.items] == [("基教处",), ("教师处",)]
    assert "张三" not in str(reading)
    codes = {doubt.code for doubt in reading.doubts}
    assert {DoubtCode.PERSONS_LEFT_OUT, DoubtCode.CLAUSE_NOT_READ} <= codes


def test_a_row_that_does_not_fit_its_headings_is_doubted_and_never_silent() -> None:
    reading = read_plan(table("\t", [ROWS[0], ["2", "", "", "教师处"], [*ROWS[1], "多出的一格"]]))

    unclear = [doubt.line for doubt in reading.doubts if doubt.code is DoubtCode.ROW_UNCLEAR]
    assert unclear == [4, 5]


def test_headings_that_come_again_rules_and_cells_that_say_nothing_are_no_rows() -> None:
    lines = table(" | ", [ROWS[0], HEAD, ["---"] * 6, [*ROWS[1][:4], "/", "—"]])

    assert said(read_plan(lines))[1] == ("2", "推进教师交流。培训教师300人", [("教师处", UnitRole.LEAD)], [])
    assert len(read_plan(lines).items) == 2


def test_what_follows_a_table_is_read_on() -> None:
    reading = read_plan(table("\t") + "\n二、工作要求\n1.加强领导。\n2.强化督导。")

    assert [item.text for item in reading.items][2:] == ["加强领导。", "强化督导。"]


@pytest.mark.parametrize("text", ["序号\t名称\n1\t甲\n2\t乙", "姓名 | 电话\n张三 | 123", "序号\n名称\n1\n甲"])
def test_other_tables_are_no_plans(text: str) -> None:
    assert not read_plan(text).is_plan
