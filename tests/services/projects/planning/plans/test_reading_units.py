"""Unit lists: separators, brackets, misprints and contractions of the responsible units."""

import pytest

from services.projects.planning.plans.reading import DoubtCode, Item, Reading, read_plan


def plan_of(*items: str) -> Reading:
    return read_plan("\n".join(["东海省教育协作工作要点", "一、重点任务", *items, "8.其他工作。", "9.总结工作。"]))


def first(*items: str) -> Item:
    return plan_of(*items).items[0]


@pytest.mark.parametrize(
    ("raw", "units"),
    [
        ("基教处、教科院,各市教育局", ("基教处", "教科院", "各市教育局")),
        ("基教处，教科院；各市教育局", ("基教处", "教科院", "各市教育局")),
        ("市教育局,各县〔市、区〕政府", ("市教育局", "各县〔市、区〕政府")),
        ("人事处(人才工作处),高教处、各高校", ("人事处(人才工作处)", "高教处", "各高校")),
        ("省教育厅、各市、县（区）人民政府", ("省教育厅", "各市、县（区）人民政府")),
        ("委厅各处室、单位", ("委厅各处室、单位",)),
        ("教科院各有关高校", ("教科院", "各有关高校")),
        ("省教育厅各处室", ("省教育厅各处室",)),
        ("黄山、宣城市教育局", ("黄山市教育局", "宣城市教育局")),
        ("东州市、海州市教育局", ("东州市教育局", "海州市教育局")),
        ("东州、海州、山州市教育局，外事处", ("东州市教育局", "海州市教育局", "山州市教育局", "外事处")),
        ("浙大衢州“两院”、电子科大长三角研究院", ("浙大衢州“两院”", "电子科大长三角研究院")),
        ("东海大学 西海学院", ("东海大学", "西海学院")),
        ("基教处、基教处", ("基教处",)),
        ("基教处、教科院等", ("基教处", "教科院")),
    ],
)
def test_a_unit_list_is_parted_at_its_own_separators(raw: str, units: tuple[str, ...]) -> None:
    item = first(f"1.推进课程共享。(责任单位:{raw})")

    assert (item.text, item.responsible_raw, item.responsible_units) == ("推进课程共享。", raw, units)


@pytest.mark.parametrize(
    ("paragraph", "text", "units"),
    [
        ("推进共享。（责任单位：基教处）", "推进共享。", ("基教处",)),
        ("推进共享(责任单位:基教处)。", "推进共享。", ("基教处",)),
        ("推进共享(责任单位:基教处)", "推进共享", ("基教处",)),
        ("推进共享;(责任部门:基教处)", "推进共享;", ("基教处",)),
        ("推进共享。〔牵头单位：基教处；配合单位：高教处、教科院〕", "推进共享。", ("基教处", "高教处", "教科院")),
        ("推进共享。责任单位：基教处、高教处", "推进共享。", ("基教处", "高教处")),
        ("推进共享(试点)(责任单位:基教处)", "推进共享(试点)", ("基教处",)),
        ("甲(责任单位:基教处);乙(责任单位:高教处)", "甲(责任单位:基教处);乙", ("基教处", "高教处")),
        ("明确责任单位。", "明确责任单位。", ()),
    ],
)
def test_the_trailing_list_is_taken_off_the_text(paragraph: str, text: str, units: tuple[str, ...]) -> None:
    item = first(f"1.{paragraph}")

    assert (item.text, item.responsible_units) == (text, units)


def test_a_list_on_its_own_line_belongs_to_the_paragraph_above() -> None:
    reading = plan_of("1.推进共享。", "责任单位：基教处", "2.推进互认。", "（责任单位：高教处）")

    assert [item.responsible_units for item in reading.items[:2]] == [("基教处",), ("高教处",)]
    assert DoubtCode.PARAGRAPH_JOINED not in {doubt.code for doubt in reading.doubts}


def test_two_units_run_together_are_parted_when_the_document_names_both_elsewhere() -> None:
    reading = plan_of("1.甲。(责任单位:基教处)", "2.乙。(责任单位:高教处)", "3.丙。(责任单位:基教处高教处)")

    assert reading.items[2].responsible_units == ("基教处", "高教处")
    assert [doubt.fragment for doubt in reading.doubts if doubt.code is DoubtCode.UNITS_WITHOUT_SEPARATOR] == [
        "基教处高教处"
    ]


def test_a_forgotten_closing_bracket_is_doubted_and_the_units_are_read() -> None:
    reading = plan_of("1.推进共享。(责任单位:基教处、高教处", "2.推进互认。")

    assert reading.items[0].text == "推进共享。"
    assert reading.items[0].responsible_units == ("基教处", "高教处")
    assert (DoubtCode.UNITS_NOT_CLOSED, "1.1") in {(doubt.code, doubt.item) for doubt in reading.doubts}


def test_an_item_whose_parts_name_units_is_not_doubted() -> None:
    reading = plan_of("1.推进共享。", "推进课程互选和学分互认工作。(责任单位:基教处)", "2.推进互认。")

    missing = [doubt.item for doubt in reading.doubts if doubt.code is DoubtCode.NO_RESPONSIBLE_UNIT]
    assert missing == ["1.2", "1.8", "1.9"]
