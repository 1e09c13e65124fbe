"""Fragments: every part of a name that people type finds it, nothing else does; both asked of Python's `in` and startswith."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin import Style, pinyin

from procedures.search import readings as module
from procedures.search.fragments import LONGEST, fragments, sought, words
from procedures.search.readings import readings

HAN = "衢州职业技术学院长三角教育联盟重庆银行上海交通大区会单传乐女绿六安厦门番禺一二中"

chinese_names = st.text(HAN, min_size=1, max_size=12)
english_names = st.lists(
    st.sampled_from(["Quzhou", "College", "of", "St.", "Mary's", "A", "École", "2nd"]), min_size=1
).map(" ".join)
mixed_names = st.lists(
    st.one_of(st.text(HAN, min_size=1, max_size=4), st.sampled_from(["AI", "（", "）", " ", "5G"]))
).map("".join)


def finds(text: str, names: Iterable[str]) -> bool:
    """Whether a search for the text finds what bears these names, as the index is asked."""
    asked = sought(text)
    found = fragments(names).items()
    return bool(asked) and any(each.startswith(asked) and (len(asked) > 1 or not inside) for each, inside in found)


def reads(name: str) -> list[Sequence[str]]:
    """Every way of reading a name of Chinese characters, syllable by syllable."""
    return list(product(*(readings(character) for character in name)))


def is_part(text: str, name: str) -> bool:
    """The law in other words, for a name of Chinese characters whose readings are few."""
    if len(text) == 1:
        return any(each.startswith(text) for each in [name, *("".join(way) for way in reads(name))])
    runs = ("".join(way[start:]) for way in reads(name) for start in range(len(name)))
    initials = ("".join(syllable[0] for syllable in way) for way in reads(name))
    return text in name or any(run.startswith(text) for run in runs) or any(text in each for each in initials)


@given(chinese_names, st.data())
def test_every_part_of_a_chinese_name_from_two_characters_on_finds_it(name: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(name)))
    part = name[start : start + data.draw(st.integers(2, 12))]

    assert len(part) < 2 or finds(part, ["别名", name])


@given(chinese_names.filter(lambda name: len(reads(name)) <= 8), st.data())
def test_every_run_of_its_pinyin_and_of_its_initials_from_a_syllable_on_finds_it(
    name: str, data: st.DataObject
) -> None:
    way = data.draw(st.sampled_from(reads(name)))[data.draw(st.integers(0, len(name) - 1)) :]
    letters, initials = "".join(way), "".join(syllable[0] for syllable in way)

    for run in letters, initials:
        typed = run[: data.draw(st.integers(2, 60))]
        assert len(typed) < 2 or finds(typed.upper(), [name])


@given(
    chinese_names.filter(lambda name: len(reads(name)) <= 8),
    st.one_of(st.text(HAN, min_size=1, max_size=3), st.text("qzhouyeanglus", min_size=1, max_size=5)),
)
def test_nothing_else_finds_a_chinese_name(name: str, text: str) -> None:
    assert finds(text, [name]) == is_part(text, name)


@given(english_names, st.data())
def test_every_run_of_another_name_from_a_word_on_finds_it_and_nothing_else_does(
    name: str, data: st.DataObject
) -> None:
    own = words(name)
    start = data.draw(st.integers(0, len(own) - 1))
    typed = " ".join(own[start:])[: data.draw(st.integers(1, 40))]
    text = data.draw(st.one_of(st.just(typed), st.text("quzhoe lgf2n", min_size=1, max_size=4)))

    runs = ["".join(own[begin:]) for begin in range(len(own))]
    asked = "".join(words(text))
    expected = any(run.startswith(asked) for run in (runs if len(asked) > 1 else runs[:1]))
    assert finds(text, [name]) == (bool(asked) and expected)


@given(mixed_names)
def test_a_name_of_letters_and_characters_is_found_by_both(name: str) -> None:
    own = sought(name)

    for start in range(len(own) - 1):
        assert finds(own[start : start + 2], [name]) or not any(character in HAN for character in own)
    assert not own or not fragments([name])[own]


@given(st.text(max_size=80))
def test_what_is_sought_is_the_same_again_and_bounded(text: str) -> None:
    assert sought(sought(text)) == sought(text)
    assert len(sought(text)) <= LONGEST


@given(st.lists(st.text(max_size=100), max_size=3))
def test_a_name_of_any_letters_has_bounded_fragments(names: list[str]) -> None:
    found = fragments(names)

    assert len(found) <= sum(17 * len(sought(name)) + len(words(name)) + 100 * 17 for name in names)
    assert all(0 < len(fragment) <= LONGEST and "\x00" not in fragment for fragment in found)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("qzzyjs", "衢州职业技术学院"),
        ("职业技术", "衢州职业技术学院"),
        ("quzhou voc", "Quzhou Vocational and Technical College"),
        ("chang san jiao", "长三角新职业教育联盟"),
        ("zhangsanjiao", "长三角新职业教育联盟"),
        ("lu'an", "六安职业技术学院"),
        ("CHANGJIANGLU", "南京市长江路小学"),
        ("nüzi", "安徽省女子学校"),
        ("nvzi", "安徽省女子学校"),
        ("nuzi", "安徽省女子学校"),
        ("上海（浦东）", "上海(浦东)学校"),
        ("ＡＩ实验", "上海ai实验室"),
        ("shanghaiai", "上海ＡＩ实验室"),
        ("ecole", "École normale"),
        ("marys", "St. Mary's College"),
        ("བོད་ལྗོངས", "བོད་ལྗོངས་སློབ་ཆེན"),
        ("شىنجاڭ", "شىنجاڭ ئۇنىۋېرسىتېتى"),
        ("𠮷野", "𠮷野学院"),
    ],
)
def test_what_people_type_finds_what_they_mean(typed: str, name: str) -> None:
    assert finds(typed, [name])


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("uzhou", "衢州职业技术学院"),
        ("院", "衢州职业技术学院"),
        ("y", "衢州职业技术学院"),
        ("ollege", "Quzhou College"),
        ("c", "Quzhou College"),
        ("（）", "上海（浦东）学校"),
        ("衢学", "衢州学院"),
    ],
)
def test_what_is_no_part_of_a_name_does_not_find_it(typed: str, name: str) -> None:
    assert not finds(typed, [name])


def test_the_listed_readings_are_readings_that_the_library_knows() -> None:
    listed = module._heteronyms()
    known = {each: pinyin(each, style=Style.NORMAL, heteronym=True)[0] for each in listed}

    assert {each: wrong for each in listed if (wrong := set(listed[each]) - set(known[each]))} == {}
    assert len(listed) > 250


def test_what_is_no_chinese_character_has_no_reading() -> None:
    assert [readings(character) for character in "aÀ1（བ"] == [()] * 5
