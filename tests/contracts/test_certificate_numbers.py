"""Certificate numbers are read as people write them, and a wrong character is noticed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.certificate_numbers import ALPHABET, new_number, read_number

NUMBER = "2026-YRD-7K3M-9QX2-H4TC"
years = st.integers(1000, 9999)
letters = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=2, max_size=6)


@given(years, letters)
def test_a_new_number_reads_as_itself(year: int, given_letters: str) -> None:
    number = new_number(year, given_letters)

    assert read_number(number) == number
    assert number.startswith(f"{year}-{given_letters}-")
    assert len(number) == len(given_letters) + 4 + 12 + 4


@given(years, letters)
def test_a_number_is_read_in_any_case_width_and_spacing(year: int, given_letters: str) -> None:
    number = new_number(year, given_letters)
    wide = "".join(chr(ord(letter) + 0xFEE0) if letter.isalnum() else letter for letter in number)

    for written in (number.lower(), number.replace("-", ""), number.replace("-", " – "), wide):
        assert read_number(written) == number


def test_letters_that_look_like_digits_are_read_as_these() -> None:
    number = next(found for found in iter(lambda: new_number(2026, "YRD"), "") if "0" in found[8:] and "1" in found[8:])

    assert read_number(number[:8] + number[8:].replace("0", "o").replace("1", "l")) == number
    assert read_number(number[:8] + number[8:].replace("0", "O").replace("1", "I")) == number


@given(st.data())
def test_one_wrong_character_is_noticed(data: st.DataObject) -> None:
    number = new_number(2026, "YRD")
    place = data.draw(st.sampled_from([at for at, letter in enumerate(number) if letter != "-"]))
    other = data.draw(st.sampled_from([letter for letter in ALPHABET if letter != number[place]]))

    assert read_number(number[:place] + other + number[place + 1 :]) is None


@given(st.text(max_size=100))
def test_any_text_is_none_or_a_number_that_reads_as_itself(text: str) -> None:
    number = read_number(text)

    assert number is None or read_number(number) == number


@pytest.mark.parametrize(
    "text",
    ["", "2026", NUMBER + "0", NUMBER * 1000, "٢٠٢٦-YRD-7K3M-9QX2-H4TC", "2026-ß-7K3M", "../../etc/passwd", "\x00"],
)
def test_hostile_numbers_are_none(text: str) -> None:
    assert read_number(text) is None


def test_numbers_do_not_come_twice() -> None:
    assert len({new_number(2026, "YRD") for _ in range(2000)}) == 2000
