"""Clauses: who does an item, in which role, and by when, behind labels, in brackets or in words; persons are left out."""

from __future__ import annotations

from datetime import date

import pytest

from contracts.projects.planning.plans import TargetFrequency, UnitRole
from services.projects.planning.plans.reading import DoubtCode, Item, Reading, read_plan

LEAD, PART, SUPPORT = UnitRole.LEAD, UnitRole.PARTICIPATING, UnitRole.SUPPORTING


def plan_of(*lines: str, title: str = "东海省2025年教育协作工作要点") -> Reading:
    return read_plan("\n".join([title, "一、重点任务", *lines, "8.其他工作。", "9.总结工作。"]))


def first(*lines: str) -> Item:
    return plan_of(*lines).items[0]


def roles(item: Item) -> list[tuple[str, UnitRole | None]]:
    return [(unit.name, unit.role) for unit in item.units]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("（责任处室、单位（加粗为牵头）：基教处、人事处）", [("基教处", None), ("人事处", None)]),
        ("（主要责任单位：基教处；协同配合单位：人事处）", [("基教处", LEAD), ("人事处", PART)]),
        ("（第一责任单位：基教处；支持单位：人事处）", [("基教处", LEAD), ("人事处", SUPPORT)]),
        ("（牵头：基教处；配合：人事处、教科院）", [("基教处", LEAD), ("人事处", PART), ("教科院", PART)]),
        ("【牵头单位】基教处【配合单位】人事处", [("基教处", LEAD), ("人事处", PART)]),
        ("（省教育厅牵头，省财政厅、人社厅按职责分工负责）", [("省教育厅", LEAD), ("省财政厅", PART), ("人社厅", PART)]),
        ("（省教育厅牵头，省国资委等单位配合）", [("省教育厅", LEAD), ("省国资委", PART)]),
        ("（省数据资源局负责）", [("省数据资源局", None)]),
        ("（省教育厅、财政厅按职责分工负责，各市人民政府结合实际落实）",
         [("省教育厅", PART), ("财政厅", PART), ("各市人民政府", None)]),
        ("（责任单位：教务处和人事处）", [("教务处", None), ("人事处", None)]),
        ("（责任单位：省政务和数据局、人力资源和社会保障厅）", [("省政务和数据局", None), ("人力资源和社会保障厅", None)]),
        ("（责任单位：★教务处、人事处*）", [("教务处", None), ("人事处", None)]),
        ("（责任单位：各有关区、县级市）", [("各有关区、县级市", None)]),
        ("（责任单位：省教育厅（牵头）、省财政厅）", [("省教育厅", LEAD), ("省财政厅", None)]),
        ("（责任单位：省教育厅牵头，省财政厅、省人社厅配合）", [("省教育厅", LEAD), ("省财政厅", PART), ("省人社厅", PART)]),
        ("（具体工作由省教育厅负责）", [("省教育厅", None)]),
        ("（责任单位：省总工会和团省委）", [("省总工会", None), ("团省委", None)]),
    ],
)  # fmt: skip
def test_units_have_the_role_that_the_document_gives_them(
    said: str, expected: list[tuple[str, UnitRole | None]]
) -> None:
    item = first(f"1.推进课程共建。{said}")

    assert roles(item) == expected
    assert item.text == "推进课程共建。"


@pytest.mark.parametrize(
    "said",
    [
        "（党委领导下的校长负责）",
        "（以点带面，逐步落实）",
        "（见附件）",
        "（鼓励高校参与）",
        "（一市一策、一校一案，分类推进实施）",
    ],
)
def test_brackets_that_name_no_unit_stay_in_the_text(said: str) -> None:
    item = first(f"1.推进课程共建{said}。")

    assert (item.units, item.text) == ((), f"推进课程共建{said}。")


def test_labels_on_lines_of_their_own_below_the_parts_hold_for_the_whole_item() -> None:
    below = ["牵头单位：省教育厅", "配合单位：各市教育局", "完成时限：2025年12月底前；长期坚持"]
    reading = plan_of("1.组建教育集团。", "①组建4个集团。", "②举办技能大赛。", *below)

    whole, *parts = reading.items[:3]
    assert roles(whole) == [("省教育厅", LEAD), ("各市教育局", PART)]
    assert [(due.due_on, due.standing) for due in whole.deadlines] == [(date(2025, 12, 31), False), (None, True)]
    assert [(part.units, part.deadlines) for part in parts] == [((), ()), ((), ())]
    assert DoubtCode.UNITS_BELOW_PARTS in {doubt.code for doubt in reading.doubts}


def test_of_several_units_that_share_a_word_for_leading_it_is_doubted_who_leads() -> None:
    reading = plan_of("1.推进课程共建。（东州市、海州市人民政府，省科技厅牵头）")

    assert roles(reading.items[0]) == [("东州市人民政府", LEAD), ("海州市人民政府", LEAD), ("省科技厅", LEAD)]
    assert DoubtCode.ROLE_UNCLEAR in {doubt.code for doubt in reading.doubts}


@pytest.mark.parametrize(
    ("words", "due_on"),
    [
        ("6月底完成", date(2025, 6, 30)),
        ("2026年2月底前", date(2026, 2, 28)),
        ("２０２６年１２月", date(2026, 12, 31)),
        ("2026年底", date(2026, 12, 31)),
        ("年底前", date(2025, 12, 31)),
        ("上半年", date(2025, 6, 30)),
        ("第三季度", date(2025, 9, 30)),
        ("5月15日前", date(2025, 5, 15)),
        ("4月上旬", date(2025, 4, 10)),
        ("六月底前", date(2025, 6, 30)),
        ("三季度末", date(2025, 9, 30)),
        ("全年", date(2025, 12, 31)),
        ("3年内", date(2027, 12, 31)),
        ("2024—2026年", date(2026, 12, 31)),
    ],
)
@pytest.mark.parametrize("said", ["（责任单位：基教科；完成时限：{}）", "（责任单位：基教科，{}）"])
def test_a_deadline_is_no_unit_and_its_last_day_is_known(said: str, words: str, due_on: date) -> None:
    item = first("1.推进课程共建。" + said.format(words))

    assert (item.responsible_units, item.text) == (("基教科",), "推进课程共建。")
    assert [(due.words, due.due_on) for due in item.deadlines] == [(words, due_on)]


@pytest.mark.parametrize(
    ("words", "rhythm", "standing"),
    [
        ("长期坚持", None, True),
        ("持续推进", None, True),
        ("每年11月底前", TargetFrequency.ANNUAL, False),
        ("每季度", TargetFrequency.QUARTERLY, False),
        ("按月报送", TargetFrequency.MONTHLY, False),
    ],
)
def test_what_returns_or_goes_on_has_no_last_day(words: str, rhythm: TargetFrequency | None, standing: bool) -> None:
    [due] = first(f"1.推进课程共建。（责任单位：基教科；完成时限：{words}）").deadlines

    assert (due.due_on, due.rhythm, due.standing) == (None, rhythm, standing)


@pytest.mark.parametrize("words", ["视情况而定", "2月30日前", "按上级要求"])
def test_a_deadline_that_nobody_can_tell_is_kept_in_its_words_and_doubted(words: str) -> None:
    reading = plan_of(f"1.推进课程共建。（责任单位：基教科；完成时限：{words}）")

    assert [(due.words, due.understood) for due in reading.items[0].deadlines] == [(words, False)]
    assert DoubtCode.DEADLINE_NOT_READ in {doubt.code for doubt in reading.doubts}


def test_a_month_without_a_year_means_nothing_where_the_document_names_no_year() -> None:
    reading = plan_of("1.推进课程共建。（责任单位：基教科，6月底完成）", title="东海省教育协作工作要点")

    assert [(due.words, due.due_on) for due in reading.items[0].deadlines] == [("6月底完成", None)]
    assert reading.items[0].responsible_units == ("基教科",)


def test_the_running_text_says_what_is_due() -> None:
    item = first(
        "1.建设集团，9月底前完成章程修订，要提前谋划并于2026年底前建成，每月底前报送，离校2年内有效，2000年以前的不算。"
    )

    assert [(due.due_on, due.what) for due in item.deadlines] == [
        (date(2025, 9, 30), "完成章程修订"),
        (date(2026, 12, 31), "建成"),
    ]


@pytest.mark.parametrize(
    "said",
    [
        "（责任单位：基教处；责任人：张三；联系电话：0551-62345678）",
        "（责任单位：基教处；分管领导：张三、李四；联系人：王五，13812345678）",
        "（责任单位：基教处）联系人：张三，电话：62345678",
        "（责任单位：基教处，电话：0551-62345678）",
        "（分管领导：张三；责任单位：基教处）",
        "（责任单位：基教处；责任人：张三，李四；联系电话：（0551）62345678）",
        "（责任单位：基教处 张三）",
        "（责任单位：基教处（张三 62345678））",
        "责任人：张三 责任单位：基教处",
        "（责任单位：基教处；责任人 张三）",
    ],
)
def test_names_and_numbers_of_persons_are_left_out_and_that_is_said(said: str) -> None:
    reading = plan_of(f"1.推进课程共建。{said}")
    item = reading.items[0]

    assert item.responsible_units == ("基教处",)
    shown = f"{item} {reading.doubts}"
    assert not [word for word in ("张三", "李四", "王五", "62345678", "13812345678") if word in shown]
    assert DoubtCode.PERSONS_LEFT_OUT in {doubt.code for doubt in reading.doubts}


def test_a_date_stands_in_a_bracket_of_units_that_say_what_they_do() -> None:
    item = first("1.推进课程共建。（省教育厅牵头，省财政厅配合，2026年12月底前完成）")

    assert roles(item) == [("省教育厅", LEAD), ("省财政厅", PART)]
    assert [due.due_on for due in item.deadlines] == [date(2026, 12, 31)]


def test_each_figure_is_due_in_the_year_before_it() -> None:
    item = first("1.2026年底前完成10所、2027年底前完成20所。")

    assert [(target.value, target.due_year) for target in item.targets] == [(10, 2026), (20, 2027)]
    assert [due.due_on for due in item.deadlines] == [date(2026, 12, 31), date(2027, 12, 31)]


def test_a_clause_of_another_kind_is_neither_a_unit_nor_lost() -> None:
    reading = plan_of("1.推进课程共建。（责任单位：基教处；经费来源：专项资金）")

    assert reading.items[0].responsible_units == ("基教处",)
    assert [doubt.fragment for doubt in reading.doubts if doubt.code is DoubtCode.CLAUSE_NOT_READ] == [
        "经费来源:专项资金"
    ]
