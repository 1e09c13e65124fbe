"""Sorting: names stand as people look for them, and every key is plain text that all databases compare alike."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from procedures.search.sorting import LONGEST, sort_key


def test_names_stand_by_pinyin_numbers_by_size_and_the_unreadable_behind() -> None:
    names = [
        "ዜና",
        "上海第10中学",
        "安徽大学",
        "zhejiang",
        "北京大学",
        "上海第9中学",
        "浙江大学",
        "Anhui",
        "重庆大学",
        "衢州学院",
    ]

    assert sorted(names, key=sort_key) == [
        "安徽大学",
        "Anhui",
        "北京大学",
        "重庆大学",
        "衢州学院",
        "上海第9中学",
        "上海第10中学",
        "浙江大学",
        "zhejiang",
        "ዜና",
    ]
    assert sort_key("安徽大学") == "an hui da xue"
    assert sort_key("上海（第２）中学") == sort_key("上海 第2 中学")


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=150))
def test_a_key_is_ascii_in_lower_case_and_bounded(name: str) -> None:
    key = sort_key(name)

    assert key.isascii()
    assert key == key.lower()
    assert key.isprintable()
    assert len(key) <= LONGEST
