"""Schemas: each fault has its code and names its field as GraphQL spells it; nothing that comes in can do more harm."""

from __future__ import annotations

from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.base import Refusal
from contracts.forms import (
    Input,
    Page,
    choice,
    day,
    decimal,
    flag,
    identifier,
    instant,
    listing,
    mapping,
    nested,
    person,
    read,
    text,
    verbatim,
    whole,
)
from contracts.names import normal
from contracts.refusals import InvalidInput
from kit.ids import new_id

ID = new_id()


class Colour(StrEnum):
    RED = "red"
    DARK_BLUE = "dark_blue"


class Inner(Input):
    first_name = text(max=5)
    number = whole(min=1, max=9, required=False)


class Form(Input):
    short_text = text(max=5)
    empty_text = text(min=0, max=5, required=False)
    long_text = text(lines=True, required=False)
    key = verbatim(required=False)
    code = verbatim(pattern=r"[0-9]{6}\Z", required=False)
    thing_id = identifier(required=False)
    representative = person(required=False)
    colour = choice(Colour, required=False)
    places = whole(min=-3, max=2**31 - 1, required=False)
    points = decimal(required=False)
    is_public = flag(required=False)
    founded_on = day(required=False)
    opens_at = instant(required=False)
    other_names = listing(text(max=5), min=1, max=3, required=False)
    inner_form = nested(Inner, required=False)
    inner_forms = listing(nested(Inner), max=2, required=False)
    any_values = mapping(required=False)


def problems(**arguments: Any) -> list[tuple[str, str | None, dict[str, Any]]]:
    """What is wrong with these arguments (and a short text that is right)."""
    with pytest.raises(InvalidInput) as refused:
        read(Form(), {"short_text": "right", **arguments})
    return [(found["code"], found["field"], found["params"]) for found in refused.value.problems()]


def test_right_input_comes_back_in_pythons_types() -> None:
    arguments = {
        "short_text": "黄山学院",
        "empty_text": "",
        "code": "340000",
        "thing_id": ID,
        "representative": "auth0|7",
        "colour": "dark_blue",
        "places": -3,
        "points": "-8.50",
        "is_public": False,
        "founded_on": "2026-03-02",
        "opens_at": "2026-03-02T09:00:00+08:00",
        "other_names": ["甲", "乙"],
        "inner_form": {"first_name": "甲", "number": None},
        "inner_forms": [{"first_name": "乙"}],
        "any_values": {"a": [1, None, {"b": "\n"}]},
    }

    assert read(Form(), arguments) == {
        **arguments,
        "colour": Colour.DARK_BLUE,
        "founded_on": date(2026, 3, 2),
        "opens_at": datetime(2026, 3, 2, 1, 0, tzinfo=UTC),
    }


def test_what_is_not_required_may_be_absent_or_null() -> None:
    nulls = dict.fromkeys(set(Form().fields) - {"short_text"})

    assert read(Form(), {"short_text": "x"}) == {"short_text": "x"}
    assert read(Form(), {"short_text": "x", **nulls}) == {"short_text": "x", **nulls}


MOMENTS = {"min": "1900-01-01", "max": "2200-12-31"}


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        ({"short_text": None}, ("REQUIRED", "shortText", {})),
        ({"short_text": ""}, ("TOO_SHORT", "shortText", {"min": "1"})),
        ({"short_text": "sixsix"}, ("TOO_LONG", "shortText", {"max": "5"})),
        ({"short_text": " \t\n\u3000"}, ("INVALID", "shortText", {})),
        ({"short_text": "a\x00b"}, ("CHARACTER_NOT_ALLOWED", "shortText", {"character": "U+0000", "place": "2"})),
        ({"short_text": "a\ud800"}, ("CHARACTER_NOT_ALLOWED", "shortText", {"character": "U+D800", "place": "2"})),
        (
            {"short_text": "⻓三⻆"},
            ("RADICAL_FOR_LETTER", "shortText", {"character": "U+2ED3", "place": "1", "letter": "长"}),
        ),
        ({"short_text": 5}, ("INVALID", "shortText", {})),
        ({"short_text": b"\xff"}, ("INVALID", "shortText", {})),
        ({"empty_text": "\x00"}, ("CHARACTER_NOT_ALLOWED", "emptyText", {"character": "U+0000", "place": "1"})),
        ({"short_text": "\u200b"}, ("INVALID", "shortText", {})),
        ({"key": "a\x00b"}, ("INVALID", "key", {})),
        ({"key": "\u3000"}, ("INVALID", "key", {})),
        ({"code": "34000"}, ("INVALID", "code", {})),
        ({"code": "340000\n"}, ("INVALID", "code", {})),
        ({"code": "３４００００"}, ("INVALID", "code", {})),
        ({"thing_id": ID.upper()}, ("INVALID", "thingId", {})),
        ({"thing_id": "1"}, ("INVALID", "thingId", {})),
        ({"thing_id": 1}, ("INVALID", "thingId", {})),
        ({"representative": "two words"}, ("INVALID", "representative", {})),
        ({"representative": "甲"}, ("INVALID", "representative", {})),
        ({"representative": "x" * 256}, ("TOO_LONG", "representative", {"max": "255"})),
        ({"colour": "RED"}, ("NOT_ONE_OF", "colour", {"choices": "red, dark_blue"})),
        ({"colour": ["red"]}, ("NOT_ONE_OF", "colour", {"choices": "red, dark_blue"})),
        ({"places": -4}, ("OUT_OF_RANGE", "places", {"min": "-3", "max": "2147483647"})),
        ({"places": 10**400}, ("OUT_OF_RANGE", "places", {"min": "-3", "max": "2147483647"})),
        ({"places": 1.5}, ("INVALID", "places", {})),
        ({"places": True}, ("INVALID", "places", {})),
        ({"places": "1"}, ("INVALID", "places", {})),
        ({"places": float("nan")}, ("INVALID", "places", {})),
        ({"places": float("inf")}, ("INVALID", "places", {})),
        ({"points": 8.5}, ("INVALID", "points", {})),
        ({"points": "8,5"}, ("INVALID", "points", {})),
        ({"points": "1e3"}, ("INVALID", "points", {})),
        ({"points": "８"}, ("INVALID", "points", {})),
        ({"points": "8.5\n"}, ("INVALID", "points", {})),
        ({"points": "9" * 21}, ("TOO_LONG", "points", {"max": "20"})),
        ({"is_public": "true"}, ("INVALID", "isPublic", {})),
        ({"is_public": []}, ("INVALID", "isPublic", {})),
        ({"founded_on": "2026-02-30"}, ("INVALID", "foundedOn", {})),
        ({"founded_on": "2026-03-02T00:00:00"}, ("INVALID", "foundedOn", {})),
        ({"founded_on": 20260302}, ("INVALID", "foundedOn", {})),
        ({"opens_at": "2026-03-02T09:00:00"}, ("INVALID", "opensAt", {})),
        ({"opens_at": "yesterday"}, ("INVALID", "opensAt", {})),
        ({"opens_at": "0001-01-01T00:00:00+14:00"}, ("OUT_OF_RANGE", "opensAt", MOMENTS)),
        ({"opens_at": "9999-12-31T23:59:59-01:00"}, ("OUT_OF_RANGE", "opensAt", MOMENTS)),
        ({"other_names": []}, ("TOO_SHORT", "otherNames", {"min": "1"})),
        ({"other_names": ["a"] * 4}, ("TOO_LONG", "otherNames", {"max": "3"})),
        ({"other_names": "abc"}, ("INVALID", "otherNames", {})),
        ({"other_names": ["a", None]}, ("REQUIRED", "otherNames.1", {})),
        ({"other_names": ["a", "sixsix"]}, ("TOO_LONG", "otherNames.1", {"max": "5"})),
        ({"inner_form": {}}, ("REQUIRED", "innerForm.firstName", {})),
        ({"inner_form": []}, ("INVALID", "innerForm", {})),
        ({"inner_form": {"first_name": "x", "last_name": "y"}}, ("UNKNOWN_FIELD", "innerForm.lastName", {})),
        ({"inner_forms": [{"first_name": "x"}, {"first_name": 7}]}, ("INVALID", "innerForms.1.firstName", {})),
        ({"inner_forms": [3]}, ("INVALID", "innerForms.0", {})),
        ({"any_values": 3}, ("INVALID", "anyValues", {})),
        ({"never_heard_of": 1}, ("UNKNOWN_FIELD", "neverHeardOf", {})),
    ],
)
def test_a_fault_has_a_code_names_its_field_and_says_the_bound(
    arguments: dict[str, Any], problem: tuple[str, str, dict[str, Any]]
) -> None:
    assert problems(**arguments) == [problem]


def test_all_faults_are_named_at_once_and_each_has_a_sentence_in_both_languages() -> None:
    with pytest.raises(InvalidInput) as refused:
        read(Form(), {"code": "x", "places": 2**40, "inner_form": {"number": 0}, "colour": "green", "extra": 1})

    found = refused.value.problems()
    assert {(problem["code"], problem["field"]) for problem in found} == {
        ("REQUIRED", "shortText"),
        ("INVALID", "code"),
        ("OUT_OF_RANGE", "places"),
        ("REQUIRED", "innerForm.firstName"),
        ("OUT_OF_RANGE", "innerForm.number"),
        ("NOT_ONE_OF", "colour"),
        ("UNKNOWN_FIELD", "extra"),
    }
    for problem in found:
        for language in ("zh-CN", "en"):
            assert "{" not in Refusal.of(problem).text(language)


@pytest.mark.parametrize("arguments", [None, [], "text", 7])
def test_what_is_not_an_object_is_refused(arguments: Any) -> None:
    with pytest.raises(InvalidInput) as refused:
        read(Form(), arguments)

    assert refused.value.problems() == [{"code": "INVALID", "field": None, "params": {}}]


@pytest.mark.parametrize("first", [1, 100])
def test_a_page_is_bounded(first: int) -> None:
    assert read(Page(), {"first": first, "after": "x"}) == {"first": first, "after": "x"}
    for outside in (0, 101, -1):
        with pytest.raises(InvalidInput):
            read(Page(), {"first": outside})


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.binary(max_size=5)
    | st.datetimes().map(str)
    | st.sampled_from(["\x00", "\ud800", "_schema", "{max}", "a=b&c=d", "9" * 5000, 10**400, "2026-03-02T24:00:00Z"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=6,
)
NAMES = st.sampled_from([*Form().fields, "_schema", "", "__", "first_name", "a=b", "x\x00"])


@settings(max_examples=250, deadline=None)
@given(st.dictionaries(NAMES, VALUES, max_size=6) | st.fixed_dictionaries(dict.fromkeys(Form().fields, VALUES)))
def test_whatever_comes_in_is_read_or_refused(arguments: dict[str, Any]) -> None:
    problems, found = read_or_refused(arguments)

    assert bool(problems) != bool(found)
    for problem in problems:
        assert problem["code"] in Refusal.known()
        for language in ("zh-CN", "en"):
            assert Refusal.of(problem).text(language)
    if found:
        assert found["short_text"].strip() and len(found["short_text"]) <= 5
        assert set(found) <= set(Form().fields)


def read_or_refused(arguments: dict[str, Any]) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """What is wrong with the arguments, or else what was read."""
    try:
        return [], read(Form(), arguments)
    except InvalidInput as refused:
        return refused.problems(), {}


@settings(max_examples=300)
@given(st.text(max_size=8))
def test_whatever_text_is_let_in_is_in_its_normal_form_and_can_be_seen(value: str) -> None:
    problems, found = read_or_refused({"short_text": value})

    if found:
        assert found["short_text"] == normal(found["short_text"]) and 0 < len(found["short_text"]) <= 5
    else:
        assert {problem["code"] for problem in problems} <= {
            *("CHARACTER_NOT_ALLOWED", "RADICAL_FOR_LETTER", "INVALID", "TOO_SHORT", "TOO_LONG")
        }
