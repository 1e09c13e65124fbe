"""Layouts: invented plans that are set out otherwise than the official ones the reader is measured on."""

from decimal import Decimal

import pytest

from contracts.projects.planning.plans import Comparator, WorkItemKind
from services.projects.planning.plans.reading import DoubtCode, Reading, Section, read_plan

DIGITAL = """\
首页 > 政务公开 > 规划计划
发布时间：2026-02-11 09:30    来源：本站
【字体：大 中 小】
东海省教育厅关于印发《东海省教育数字化三年行动计划（2026—2028年）》的通知
东教数〔2026〕7号
各市教育局，各高等学校：
现将《东海省教育数字化三年行动计划（2026—2028年）》印发给你们，请认真贯彻执行。
东海省教育厅
2026年2月9日
东海省教育数字化三年行动计划
（2026—2028年）
为深入实施国家教育数字化战略行动，根据有关意见（国发〔2025〕12号）精神，制定本行动计划。
一、总体要求
（一）指导思想。坚持应用为王、服务至上，以数字化
赋能教育高质量发展。
（二）主要目标。到2028年，建成智慧学校1,200所左右，优质课程资源不少于3万节。
二、主要任务
（一）夯实基础设施
1．升级校园网络。农村学校带宽不低于500兆。（牵头单位：省教育厅；配合单位：省通信管理局、各市、
县（区）人民政府）
2．推进终端配备
（1）三年内为乡村教师配备终端两万台。（责任单位：省教育厅）
— 3 —
（2）支持每所县域高中建设3至5间智慧教室。
（责任单位：省教育厅、省财政厅）
（二）丰富资源供给
3．汇聚优质课程。每年遴选省级精品课500节以上
5．举办应用大赛。（责任单位：省教育评估院，东州、海州市教育局）
三、保障措施
（一）加强组织领导。各地要建立专班。
（二）强化经费保障。省级财政三年投入约3.6亿元。
附件1
重点任务清单
1．智慧校园建设。
附件：1.重点任务清单.docx
东海省教育厅办公室  2026年2月9日印发
抄送：省人民政府办公厅。
上一篇：关于开展寒假工作的通知
"""

ALLIANCE = """\
长三角开放大学联盟2026年度工作计划

各成员单位围绕学分互认开展下列工作。

1、完善学分互认规则
修订学分转换办法，新增互认课程60门。
责任单位：秘书处、上海开放大学
2、共建学习中心
每个成员单位建设2个以上学习中心，每学期开展活动不少于3次。
责任单位：各成员单位
3、编印年度报告。
责任单位：秘书处上海开放大学
"""

BY_SECTION = """\
海州市教育局
2027年工作要点
一、坚持立德树人
打造5门市级金课。（责任单位：宣传处）
办好艺术节。（责任单位：体卫艺处）
二、加强队伍建设
一是开展轮训。
二是引进博士15名。
三、优化资源配置
——新建幼儿园10所。
"""


def outline(reading: Reading) -> list[tuple[str, WorkItemKind, str | None, str | None]]:
    return [(item.key, item.kind, item.number, item.parent) for item in reading.items]


def codes(reading: Reading) -> list[tuple[DoubtCode, str | None]]:
    return [(doubt.code, doubt.item) for doubt in reading.doubts]


def test_a_notice_with_full_width_marks_and_two_levels_of_numbers_is_read() -> None:
    reading = read_plan(DIGITAL)

    assert (reading.title, reading.issuer) == ("东海省教育数字化三年行动计划（2026—2028年）", "东海省教育厅")
    assert (reading.year, reading.document_number) == (2026, "东教数〔2026〕7号")
    assert reading.sections == (
        Section("1", "一、总体要求", 1, None, 13),
        Section("2", "二、主要任务", 1, None, 17),
        Section("2.1", "（一）夯实基础设施", 2, "2", 18),
        Section("2.1.2", "2．推进终端配备", 3, "2.1", 21),
        Section("2.2", "（二）丰富资源供给", 2, "2", 26),
        Section("3", "三、保障措施", 1, None, 29),
        Section("A1", "附件1重点任务清单", 1, None, 32),
    )
    assert outline(reading) == [
        ("p1", WorkItemKind.PREAMBLE, None, None),
        ("1.1", WorkItemKind.PREAMBLE, "（一）", None),
        ("1.2", WorkItemKind.GOAL, "（二）", None),
        ("2.1.1", WorkItemKind.WORK_POINT, "1", None),
        ("2.1.2.1", WorkItemKind.WORK_POINT, "（1）", None),
        ("2.1.2.2", WorkItemKind.WORK_POINT, "（2）", None),
        ("2.2.3", WorkItemKind.WORK_POINT, "3", None),
        ("2.2.5", WorkItemKind.WORK_POINT, "5", None),
        ("3.1", WorkItemKind.SAFEGUARD, "（一）", None),
        ("3.2", WorkItemKind.SAFEGUARD, "（二）", None),
        ("A1.p1", WorkItemKind.ANNEX, None, None),
        ("A1.1", WorkItemKind.ANNEX, "1", None),
    ]
    assert codes(reading) == [
        (DoubtCode.PARAGRAPH_JOINED, "1.1"),
        (DoubtCode.PARAGRAPH_JOINED, "2.1.1"),
        (DoubtCode.SENTENCE_UNFINISHED, "2.2.3"),
        (DoubtCode.NO_RESPONSIBLE_UNIT, "2.2.3"),
        (DoubtCode.NUMBER_SKIPPED, None),
        (DoubtCode.CONTRACTED_UNITS, "2.2.5"),
        (DoubtCode.PARAGRAPH_JOINED, "A1.p1"),
    ]


def test_texts_and_units_of_that_notice_are_exact() -> None:
    items = {item.key: item for item in read_plan(DIGITAL).items}

    assert items["1.1"].text == "（一）指导思想。坚持应用为王、服务至上，以数字化赋能教育高质量发展。"
    assert items["1.1"].lines == (14, 15)
    assert items["2.1.1"].text == "升级校园网络。农村学校带宽不低于500兆。"
    assert items["2.1.1"].responsible_units == ("省教育厅", "省通信管理局", "各市、县（区）人民政府")
    assert items["2.1.2.2"].responsible_units == ("省教育厅", "省财政厅")
    assert items["2.2.5"].responsible_units == ("省教育评估院", "东州市教育局", "海州市教育局")


def test_targets_of_that_notice_are_read() -> None:
    targets = [
        (item.key, target.comparator, target.value, target.value_max, target.unit, target.due_year)
        for item in read_plan(DIGITAL).items
        for target in item.targets
    ]

    assert targets == [
        ("1.2", Comparator.APPROX, Decimal(1200), None, "所", 2028),
        ("1.2", Comparator.GTE, Decimal(30000), None, "节", 2028),
        ("2.1.1", Comparator.GTE, Decimal(500), None, "兆", None),
        ("2.1.2.1", Comparator.EQ, Decimal(20000), None, "台", None),
        ("2.1.2.2", Comparator.BETWEEN, Decimal(3), Decimal(5), "间", None),
        ("2.2.3", Comparator.GTE, Decimal(500), None, "节", None),
        ("3.2", Comparator.APPROX, Decimal(360000000), None, "元", None),
    ]


def test_a_plan_without_sections_whose_units_stand_on_lines_of_their_own_is_read() -> None:
    reading = read_plan(ALLIANCE)

    assert (reading.title, reading.issuer) == ("长三角开放大学联盟2026年度工作计划", "长三角开放大学联盟")
    assert reading.sections == ()
    assert outline(reading) == [
        ("p1", WorkItemKind.PREAMBLE, None, None),
        ("1", WorkItemKind.WORK_POINT, "1", None),
        ("1.p1", WorkItemKind.WORK_POINT_PART, None, "1"),
        ("2", WorkItemKind.WORK_POINT, "2", None),
        ("2.p1", WorkItemKind.WORK_POINT_PART, None, "2"),
        ("3", WorkItemKind.WORK_POINT, "3", None),
    ]
    assert [item.responsible_units for item in reading.items] == [
        (),
        (),
        ("秘书处", "上海开放大学"),
        (),
        ("各成员单位",),
        ("秘书处", "上海开放大学"),
    ]
    assert codes(reading) == [(DoubtCode.UNITS_WITHOUT_SEPARATOR, "3")]


def test_a_title_in_two_lines_and_items_without_numbers_are_read() -> None:
    reading = read_plan(BY_SECTION)

    assert (reading.title, reading.issuer) == ("海州市教育局2027年工作要点", "海州市教育局")
    assert outline(reading) == [
        ("1.p1", WorkItemKind.WORK_POINT, None, None),
        ("1.p2", WorkItemKind.WORK_POINT, None, None),
        ("2.1", WorkItemKind.WORK_POINT, "一是", None),
        ("2.2", WorkItemKind.WORK_POINT, "二是", None),
        ("3.p1", WorkItemKind.WORK_POINT, None, None),
    ]
    assert [item.text for item in reading.items] == [
        "打造5门市级金课。",
        "办好艺术节。",
        "一是开展轮训。",
        "二是引进博士15名。",
        "新建幼儿园10所。",
    ]


@pytest.mark.parametrize(
    ("marks", "keys"),
    [
        (["第一条 ", "第二条 ", "第三条 "], ["1.1", "1.2", "1.3"]),
        (["(1)", "(2)", "(3)"], ["1.1", "1.2", "1.3"]),
        (["（1）", "（2）", "（3）"], ["1.1", "1.2", "1.3"]),
        (["①", "②", "③"], ["1.1", "1.2", "1.3"]),
        (["1.1 ", "1.2 ", "1.3 "], ["1.1", "1.2", "1.3"]),
        (["１．", "２．", "３．"], ["1.1", "1.2", "1.3"]),
        (["（一）", "（二）", "（三）"], ["1.1", "1.2", "1.3"]),
        (["• ", "• ", "• "], ["1.p1", "1.p2", "1.p3"]),
    ],
)
def test_marks_of_every_style_open_items(marks: list[str], keys: list[str]) -> None:
    items = [f"{mark}推进课程共享工作。(责任单位:基教处)" for mark in marks]

    reading = read_plan("\n".join(["东海省教育工作要点", "第一章 重点任务", *items, "第二章 保障", "第三章 附则"]))

    assert [item.key for item in reading.items] == keys


@pytest.mark.parametrize(
    ("title", "issuer"),
    [
        ("东海省教育厅2026年工作要点", "东海省教育厅"),
        ("东海省教育厅 2026 年度工作要点", "东海省教育厅"),
        ("东海市人民政府办公室关于推进教育协作的实施意见", "东海市人民政府办公室"),
        ("长三角高校技术转移联盟2026年度工作计划", "长三角高校技术转移联盟"),
        ("推进职业教育集团建设实施方案", None),
        ("东海省职业教育集团化办学行动计划", None),
    ],
)
def test_the_issuer_is_read_from_the_title_only_where_the_title_begins_with_one(title: str, issuer: str | None) -> None:
    reading = read_plan(f"{title}\n一、重点任务\n1.甲工作。\n2.乙工作。")

    assert (reading.title, reading.issuer) == (title, issuer)


def test_a_number_printed_twice_keeps_keys_apart_and_is_doubted() -> None:
    reading = read_plan("东海省教育工作要点\n一、重点任务\n1.甲工作。\n2.乙工作。\n2.丙工作。")

    assert [item.key for item in reading.items] == ["1.1", "1.2", "1.2~2"]
    assert (DoubtCode.NUMBER_REPEATED, None) in codes(reading)


def test_an_item_that_stands_where_one_number_is_missing_takes_its_place() -> None:
    reading = read_plan("东海省教育工作要点\n一、重点任务\n1.甲工作。\n推进课程共享和学分互认。\n3.丙工作。")

    assert [(item.key, item.number) for item in reading.items] == [("1.1", "1"), ("1.2", None), ("1.3", "3")]
    assert [doubt.item for doubt in reading.doubts if doubt.code is DoubtCode.ITEM_WITHOUT_NUMBER] == ["1.2"]


def test_a_link_to_another_plan_at_the_foot_of_the_page_is_no_title() -> None:
    links = "东海省教育工作计划\n1.关于某计划的解读"
    preamble = "为深入推进区域内各级各类教育的协作，根据有关要求，制定本方案。"

    reading = read_plan(f"{preamble}\n一、重点任务\n1.甲工作。\n2.乙工作。\n3.丙工作。\n{links}")

    assert reading.title is None
    assert [item.text for item in reading.items][:4] == [preamble, "甲工作。", "乙工作。", "丙工作。"]


def test_a_line_that_is_neither_item_nor_sentence_is_left_out_with_a_doubt() -> None:
    reading = read_plan("东海省教育工作要点\n一、重点任务\n1.甲工作。\n扫码关注我们\n2.乙工作。\n3.丙工作。")

    assert [item.text for item in reading.items] == ["甲工作。", "乙工作。", "丙工作。"]
    assert [(doubt.line, doubt.fragment) for doubt in reading.doubts if doubt.code is DoubtCode.LINE_LEFT_OUT] == [
        (4, "扫码关注我们")
    ]
