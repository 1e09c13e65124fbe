"""Refusals: texts that are no plans, and hostile texts, are answered in bounded work with a bounded reading."""

import sys
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.projects.planning.plans_forms import MAX_TEXT
from services.projects.planning.plans.reading import (
    MAX_DOUBTS,
    MAX_PARAGRAPHS,
    Doubt,
    DoubtCode,
    Reading,
    describe,
    read_plan,
)

PIECES = [
    *(
        "某市教育工作要点\n",
        "一、重点任务\n",
        "（二）目标。",
        "3.",
        "1．",
        "①",
        "一是",
        "——",
        "附件：",
        "第一章 ",
        "1.1 ",
    ),
    *(
        "推进课程共享。",
        "推进",
        "\n",
        "\r\n",
        "(责任单位:",
        "责任单位：",
        "基教处、",
        "各有关高校",
        "黄山、宣城市教育局",
    ),
    *(
        ")",
        "）",
        "(",
        "〔",
        "】",
        "到2027年,",
        "每年",
        "达到",
        "建成",
        "50",
        "3.5",
        "万",
        "人次",
        "%",
        "所以上",
        "左右",
    ),
    *("1—2所", "小于0.35", "全覆盖", "所有学校", "各县(市、区)", "“", "”", "《", "》", " ", "\u3000", "\0", "\ud800"),
    *("\u200b", "。", "，", "、", "；", "：", "十", "两", "零", "第", "②③", "²", "٣", "½"),
]


def assert_bounded(reading: Reading, text: str) -> None:
    assert len(reading.items) <= MAX_PARAGRAPHS
    assert len(reading.doubts) <= MAX_DOUBTS
    assert sum(len(item.text) for item in reading.items) <= len(text)
    assert all(len(doubt.fragment) <= 80 for doubt in reading.doubts)
    assert all(target.quote in item.text for item in reading.items for target in item.targets)
    assert all(describe(doubt, locale) for doubt in reading.doubts for locale in ("zh-CN", "en"))
    keys = [section.key for section in reading.sections] + [item.key for item in reading.items]
    assert len(set(keys)) == len(keys)
    str(reading).encode("utf-8")


def steps(text: str) -> int:
    """The number of function calls that the reading of a text takes, those of the library's C functions included."""
    counted = 0

    def count(_frame: Any, event: str, _argument: Any) -> None:
        nonlocal counted
        counted += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        read_plan(text)
    finally:
        sys.setprofile(None)
    return counted


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), max_size=60).map("".join))
def test_no_text_makes_the_reader_raise_or_answer_without_bound(text: str) -> None:
    assert_bounded(read_plan(text), text)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=6).map("".join))
def test_twice_the_text_takes_at_most_about_twice_the_steps(piece: str) -> None:
    front = "某市教育工作要点\n一、重点任务\n1.甲。\n2."

    once, twice = steps(front + piece * 60), steps(front + piece * 120)

    assert twice <= 2.5 * once + 2_000


LONG_PIECES = [
    "1\t甲\t乙局\n",
    "1\n甲\n乙\n",
    "甲局牵头,",
    "责任人:张三;",
    "由5%提高到6%",
    "5年内",
    "“达到5名”的",
    "分别5和6",
    "备注:乙;",
    *(
        "(",
        ")",
        "()〔〕",
        "\0",
        "1",
        "1,",
        "中",
        "(责任单位:",
        "。责任单位:甲",
        "各",
        "各县、",
        "所有",
        "达到50%",
        "50个",
    ),
    *("建成50个,", "2027年", "1.a\n", "a,\n", "(甲\n", "一、a\n(一)b\n1.c\n(1)d\n①e\n", "“", "《", "某工作计划\n"),
    *(
        "\r",
        " ",
        "全覆盖",
        "和到至",
        "二十",
        "中文〔",
        "关于印发",
        ".",
        "—",
        "5 ",
        "\ud800",
        "1.建成5所。\n",
        "处甲处、",
    ),
]


@pytest.mark.parametrize("piece", LONG_PIECES)
def test_a_long_text_of_one_piece_is_answered_with_a_bounded_reading(piece: str) -> None:
    text = "某工作计划\n一、甲\n1." + piece * (MAX_TEXT // 4 // len(piece)) + "\n2.乙\n3.丙"

    assert_bounded(read_plan(text), text)


def test_a_text_longer_than_the_limit_is_refused_whole() -> None:
    text = "某市教育工作要点\n一、重点任务\n1.甲。\n2.乙。\n3." + "中" * 1_000_000

    reading = read_plan(text)

    assert (reading.is_plan, reading.items) == (False, ())
    assert reading.doubts == (
        Doubt(DoubtCode.NOT_A_PLAN),
        Doubt(DoubtCode.TEXT_TOO_LONG, fragment=f"{len(text)} > {MAX_TEXT}"),
    )


def test_more_paragraphs_than_the_limit_are_refused_whole() -> None:
    reading = read_plan("某市教育工作要点\n一、重点任务\n" + "1.甲工作。\n" * (MAX_PARAGRAPHS + 1))

    assert (reading.is_plan, reading.items) == (False, ())
    assert [doubt.code for doubt in reading.doubts] == [DoubtCode.NOT_A_PLAN, DoubtCode.TEXT_TOO_LONG]


@pytest.mark.parametrize("text", ["", " \n\t\n", "\0\0\0", "教育", "东海省教育工作要点"])
def test_a_text_without_items_is_no_plan(text: str) -> None:
    reading = read_plan(text)

    assert (reading.is_plan, reading.items) == (False, ())
    assert [doubt.code for doubt in reading.doubts][:2] == [DoubtCode.NOT_A_PLAN, DoubtCode.NO_ITEMS]


def test_a_numbered_report_without_the_wording_of_a_plan_is_no_plan() -> None:
    reading = read_plan("工作总结\n一、主要成效\n1.完成了甲。\n2.完成了乙。\n二、存在问题\n1.存在丙。\n2.存在丁。")

    assert reading.items == ()
    assert [doubt.code for doubt in reading.doubts] == [DoubtCode.NOT_A_PLAN, DoubtCode.NO_PLAN_WORDING]


def test_prose_that_counts_with_one_is_two_is_no_plan_even_under_a_plans_title() -> None:
    reading = read_plan("东海省教育工作要点\n一是推进甲工作。\n二是推进乙工作。\n三是推进丙工作。\n四是推进丁工作。")

    assert reading.items == ()
    assert [doubt.code for doubt in reading.doubts] == [DoubtCode.NOT_A_PLAN, DoubtCode.NO_ITEMS]


@pytest.mark.parametrize("code", DoubtCode)
def test_every_doubt_has_words_in_both_languages(code: DoubtCode) -> None:
    doubt = Doubt(code, item="3.8.25", line=95, fragment="教科院各有关高校")

    chinese, english = describe(doubt), describe(doubt, "en")

    assert "{" not in chinese + english
    assert chinese != english
