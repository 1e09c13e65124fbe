"""Targets: comparators, values, units, years and frequencies, and the figures that are no targets."""

from decimal import Decimal
from typing import Any

import pytest

from contracts.projects.planning.plans import Comparator, TargetFrequency
from services.projects.planning.plans.reading import Target, read_plan


def targets_of(text: str) -> tuple[Target, ...]:
    reading = read_plan(f"东海省教育协作工作要点\n一、重点任务\n1.{text}\n2.甲工作。\n3.乙工作。")
    return reading.items[0].targets


def figure(target: Target) -> tuple[Any, ...]:
    return target.comparator, target.comparator_inferred, target.value, target.unit


@pytest.mark.parametrize(
    ("clause", "comparator", "inferred", "value", "unit"),
    [
        ("普惠性幼儿园比例保持在95%以上", Comparator.GTE, False, "95", "%"),
        ("普惠性幼儿园比例保持在９５％以上", Comparator.GTE, False, "95", "%"),
        ("教育现代化发展水平达成度78以上", Comparator.GTE, False, "78", None),
        ("至少提出1条政策举措", Comparator.GTE, False, "1", "条"),
        ("与沪苏浙至少开展 1 次对接活动", Comparator.GTE, False, "1", "次"),
        ("培训教师不少于300人", Comparator.GTE, False, "300", "人"),
        ("参赛教师超过2000人次", Comparator.GTE, False, "2000", "人次"),
        ("新增学位4500余个", Comparator.GTE, False, "4500", "个"),
        ("建设1所以上的优质中职学校", Comparator.GTE, False, "1", "所"),
        ("建设三所以上优质中职学校", Comparator.GTE, False, "3", "所"),
        ("小规模学校控制在30所以内", Comparator.LTE, False, "30", "所"),
        ("引进博士不超过15名", Comparator.LTE, False, "15", "名"),
        ("辍学率降至0.5%以下", Comparator.LTE, False, "0.5", "%"),
        ("校际差异系数小于0.35", Comparator.LT, False, "0.35", None),
        ("各选派 100 名左右教师交流培训", Comparator.APPROX, False, "100", "名"),
        ("参会人数约300人", Comparator.APPROX, False, "300", "人"),
        ("硕士学位点增至10个", Comparator.EQ, False, "10", "个"),
        ("研制并发布两个重点指标体系", Comparator.EQ, False, "2", "个"),
        ("配备终端两万台", Comparator.EQ, False, "20000", "台"),
        ("覆盖率达到100%", Comparator.EQ, False, "100", "%"),
        ("实现资源中心建设全覆盖", Comparator.EQ, False, "100", "%"),
        ("现代化社区学校达到20所", Comparator.GTE, True, "20", "所"),
        ("建成50个试点", Comparator.GTE, True, "50", "个"),
        ("35%的学校建成省现代化学校", Comparator.GTE, True, "35", "%"),
        ("5个县(市、区)通过省级评估", Comparator.GTE, True, "5", "个"),
        ("开展职业教育培训3.5万人次以上", Comparator.GTE, False, "35000", "人次"),
        ("建成智慧学校1,200所左右", Comparator.APPROX, False, "1200", "所"),
        ("投入约3.6亿元", Comparator.APPROX, False, "360000000", "元"),
        ("累计培训教师1万人次", Comparator.EQ, False, "10000", "人次"),
        ("农村学校带宽不低于500兆", Comparator.GTE, False, "500", "兆"),
    ],
)
def test_a_figure_is_read_with_what_binds_it(
    clause: str, comparator: Comparator, inferred: bool, value: str, unit: str | None
) -> None:
    targets = targets_of(f"做好工作，{clause}。")

    assert [figure(target) for target in targets] == [(comparator, inferred, Decimal(value), unit)]
    assert targets[0].quote == clause


@pytest.mark.parametrize("span", ["1—2所", "1至2所", "1-2所", "1～2所", "1到2所"])
def test_a_span_is_read_as_between(span: str) -> None:
    (target,) = targets_of(f"重点打造{span}特色高中。")

    assert (target.comparator, target.value, target.value_max) == (Comparator.BETWEEN, Decimal(1), Decimal(2))


@pytest.mark.parametrize(
    "sentence",
    [
        "组织参加第十四届班主任基本功大赛。",
        "组织第3次评估。",
        "推进现有100人以下小规模学校优化提升。",
        "200人以下小规模学校有序撤并。",
        "落实《中国教育现代化2035》，制定三年行动计划(2026—2028年)。",
        "建设“433”协同平台，推广“建成50个试点”的经验。",
        "在未来3年深化协作。",
        "打造一批一流专业，推进三省一市协作，抓好三个方面。",
        "强化“党建引领”全覆盖。",
        "推进特殊教育全覆盖融合发展。",
        "2025年已建成20所。",
        "建设5G校园和Web3.0课堂。",
        "60岁以上教师退出一线。",
        "12月20日前完成。",
        "5个工作日内完成，为期6个月以上。",
    ],
)
def test_ordinals_years_names_thresholds_and_what_is_in_hand_are_no_targets(sentence: str) -> None:
    assert targets_of(sentence) == ()


def test_a_year_holds_to_the_end_of_its_sentence() -> None:
    targets = targets_of("到2027年,建成10所;新增高技能人才20人以上。完成培训30人次以上。2028年底前,入园率达95%。")

    assert [target.due_year for target in targets] == [2027, 2027, None, 2028]


@pytest.mark.parametrize(
    ("words", "frequency"),
    [
        ("每年", TargetFrequency.ANNUAL),
        ("年均", TargetFrequency.ANNUAL),
        ("每学年", TargetFrequency.ANNUAL),
        ("每学期", TargetFrequency.EACH_TERM),
        ("每季度", TargetFrequency.QUARTERLY),
        ("每月", TargetFrequency.MONTHLY),
        ("每半年", TargetFrequency.HALF_YEARLY),
        ("每两年", TargetFrequency.EVERY_2_YEARS),
        ("每3年", TargetFrequency.EVERY_3_YEARS),
    ],
)
def test_a_frequency_is_read_and_holds_for_the_next_clause(words: str, frequency: TargetFrequency) -> None:
    targets = targets_of(f"{words}举办活动2次,培训教师50人;建设基地3个。")

    assert [target.frequency for target in targets] == [frequency, frequency, None]


@pytest.mark.parametrize(
    ("sentence", "scope", "metric"),
    [
        ("各县(市、区)建设1所以上的优质中职学校。", "各县(市、区)", "优质中职学校"),
        ("各中职学校建设2个以上的省高水平专业。", "各中职学校", "省高水平专业"),
        ("推动皖北8市每年各选派 100 名左右教师交流培训。", "皖北8市", "教师交流培训"),
        ("各市教育局、各高校要加强谋划,每年至少开展 1 次对接活动。", "各市教育局、各高校", "对接活动"),
        ("每所县域高中建设3至5间智慧教室。", "每所县域高中", "智慧教室"),
        ("到2027年,所有县(市、区)通过国家评估。", "所有县(市、区)", "通过国家评估"),
        ("普惠性幼儿园比例保持在95%以上。", None, "普惠性幼儿园比例"),
        ("新建幼儿园10所和小学。", None, "新建幼儿园"),
    ],
)
def test_scope_and_metric_are_the_words_of_the_sentence(sentence: str, scope: str | None, metric: str) -> None:
    (target,) = targets_of(sentence)

    assert (target.scope, target.metric) == (scope, metric)
