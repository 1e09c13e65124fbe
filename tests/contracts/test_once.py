"""Once: a name that a second place says is refused with both places; a module that is loaded anew says the same again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from contracts.base import Message, Refusal
from contracts.once import SaidTwice, once
from contracts.refusals import NotFound


@pytest.fixture(autouse=True)
def _what_is_known(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What these tests define is forgotten behind them."""
    monkeypatch.setattr(Refusal, "_known", Refusal.known())
    monkeypatch.setattr(Message, "_known", Message.known())
    return


def first() -> None: ...


def second() -> None: ...


def test_a_second_place_is_refused_with_both_places_and_the_first_stays() -> None:
    known = {"close": first}

    with pytest.raises(SaidTwice, match=f"'close' stands twice: in {__name__}.first and in {__name__}.second"):
        once(known, "close", second)

    assert known == {"close": first}


def test_a_second_refusal_of_one_code_is_refused_where_it_is_defined() -> None:
    with pytest.raises(SaidTwice, match=r"contracts\.refusals\.NotFound and in .*AlsoNotFound"):

        class AlsoNotFound(Refusal):
            code = "NOT_FOUND"
            zh = "也没有找到。"
            en = "It was not found either."

    assert Refusal.of({"code": "NOT_FOUND"}).zh == NotFound.zh


def test_a_refusal_without_a_code_of_its_own_does_not_take_that_of_its_parent() -> None:
    with pytest.raises(SaidTwice, match="'NOT_FOUND' stands twice"):

        class PlanNotFound(NotFound):
            zh = "没有找到该计划。"
            en = "The plan was not found."


def test_a_second_message_of_one_type_is_refused_where_it_is_defined() -> None:
    class Said(Message, type="tests.said"):
        """It was said."""

    with pytest.raises(SaidTwice, match=r"'tests\.said' stands twice: in .*Said and in .*SaidAgain"):

        @dataclass(frozen=True, kw_only=True)
        class SaidAgain(Message, type="tests.said"):
            """It was said again."""

    assert Message.known()["tests.said"] is Said


def a_refusal() -> type[Refusal]:
    class LoadedAnew(Refusal):
        code = "TEST_LOADED_ANEW"
        zh = "重新加载。"
        en = "It was loaded anew."

    return LoadedAnew


def test_a_class_that_is_loaded_anew_takes_the_place_of_the_old_one() -> None:
    a_refusal()
    anew = a_refusal()

    assert type(Refusal.of({"code": "TEST_LOADED_ANEW"})) is anew
