"""Names: real names stay as they are, what nobody sees is put right, what nobody can read is refused with its place."""

from __future__ import annotations

import unicodedata
from itertools import combinations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from contracts.base import Refusal
from contracts.names import document, name_key, normal, one_line
from tests.names.table import ALIKE, APART, BLANK, PUT_RIGHT, REAL, REFUSED

LETTERS = st.text(
    st.characters() | st.sampled_from("\u200c\u200d\u202f\ufe00\ufe0f\u180b\U000e0100\u00ad\u0301\n ب葛ᠪ👩क#"),
    max_size=12,
)


@pytest.mark.parametrize("name", REAL.values(), ids=REAL)
def test_a_real_name_stays_as_it_is(name: str) -> None:
    assert normal(name) == name
    assert one_line(name) == name


@pytest.mark.parametrize(("given", "kept"), PUT_RIGHT.items())
def test_what_nobody_sees_is_put_right(given: str, kept: str) -> None:
    assert normal(given) == kept
    assert name_key(given) == name_key(kept)


@pytest.mark.parametrize(("given", "said"), REFUSED.items())
def test_what_nobody_can_read_is_refused_with_the_character_and_its_place(
    given: str, said: tuple[str, str, str]
) -> None:
    with pytest.raises(Refusal) as refused:
        normal(given)

    params = refused.value.params
    assert (refused.value.code, params["character"], str(params["place"])) == said
    assert said[1] in refused.value.text("zh-CN") and said[1] in refused.value.text("en")


def test_a_radical_is_refused_with_the_letter_that_is_meant() -> None:
    with pytest.raises(Refusal) as refused:
        normal("⻓三⻆")

    assert "改写为“长”" in refused.value.text("zh-CN")


@pytest.mark.parametrize("name", BLANK)
def test_what_shows_nothing_has_nothing_left(name: str) -> None:
    assert normal(name) == name_key(name) == one_line(name) == ""


@pytest.mark.parametrize("names", ALIKE)
def test_names_that_a_reader_takes_for_one_have_one_key(names: tuple[str, ...]) -> None:
    assert len({name_key(name) for name in names}) == 1


def test_names_that_differ_have_keys_that_differ() -> None:
    assert [pair for pair in combinations(APART, 2) if name_key(pair[0]) == name_key(pair[1])] == []


def test_a_text_keeps_its_lines_and_gets_letters_for_radicals() -> None:
    given = " 一、⻓三⻆\u00a0协作\r\n\r\n\t二、⼤学\u2028完 "

    assert normal(given, lines=True) == "一、长三角 协作\n\n二、大学\n完"


def test_a_document_keeps_its_layout_and_what_was_lost_in_it_can_be_seen() -> None:
    given = "\ufeff一、⻓三⻆\t⼤学\x07\u202e甲\u200b乙\r\n  \uf0b7 e\u0301 \ud800\x00丙\u2028丁"

    assert document(given) == "一、长三角\t大学\t甲乙\n  \ufffd é 丙\n丁"


def test_what_a_text_from_before_has_is_shown_without_a_letter_missing() -> None:
    assert one_line("\u202e王\ue863\U0002ebf0\r\n\u0007\u0378李\u200b四") == "王\ue863\U0002ebf0 \u0378李四"


@given(LETTERS)
@example("ب\u200c\u200cب")
@example("A\u00ad\u0301")
@example("ᠪ\u202f\u00adᠪ")
def test_the_normal_form_of_a_normal_form_is_itself(text: str) -> None:
    for lines in (False, True):
        try:
            found = normal(text, lines=lines)
        except Refusal:
            continue
        assert normal(found, lines=lines) == found
        assert unicodedata.is_normalized("NFC", found)
        assert name_key(found) == name_key(text)


@given(LETTERS)
def test_a_key_is_its_own_key_and_nothing_is_shown_that_turns_letters_round(text: str) -> None:
    assert name_key(name_key(text)) == name_key(text)
    shown = one_line(text)
    assert one_line(shown) == shown and "\n" not in shown
    assert {unicodedata.category(letter) for letter in shown if letter not in "\u200c\u200d\u180e"} & {
        "Cc",
        "Cf",
        "Cs",
    } == set()
