"""Request: a call is read from the wire as it was sent, or refused as malformed; nothing else happens."""

from __future__ import annotations

import time
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.ids import is_id
from contracts.refusals import InvalidInput, NotAllowed, Required, TooLong
from kit.context import Context
from kit.viewer import Viewer
from kit.wire.request import (
    MAX_DEPTH,
    Malformed,
    Request,
    encode,
    error_payload,
    from_wire,
    malformed_payload,
    refused_payload,
    to_headers,
)

BODY = {"args": [], "kwargs": {"name": "黄山学院"}}
TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\x00"))
REQUESTS = st.builds(
    Request,
    method=st.just("organizations"),
    arguments=st.dictionaries(TEXT, st.none() | st.integers() | TEXT, max_size=3),
    context=st.builds(
        Context,
        viewer=st.builds(Viewer, TEXT.filter(lambda text: len(text) <= 255)),
        locale=st.sampled_from(["zh-CN", "en"]),
        correlation_id=TEXT.filter(lambda text: 0 < len(text) <= 100),
    ),
    deadline=st.none() | st.floats(min_value=1, max_value=1e12),
    idempotency_key=st.none() | TEXT.filter(lambda text: 0 < len(text) <= 200),
)


@given(REQUESTS)
def test_a_request_goes_over_the_wire_and_comes_back_the_same(request: Request) -> None:
    body = {"args": [], "kwargs": request.arguments}

    assert from_wire("alliances", "organizations", body, to_headers(request)) == request


def test_without_headers_it_is_a_visitor_in_chinese_with_a_correlation_id_of_its_own() -> None:
    request = from_wire("alliances", "organizations", BODY, {})

    assert request == Request(
        "organizations", {"name": "黄山学院"}, Context(correlation_id=request.context.correlation_id)
    )
    assert is_id(request.context.correlation_id)
    assert not request.context.viewer.signed_in
    assert not request.expired()


@pytest.mark.parametrize(
    "body",
    [None, [], "text", 7, {}, {"args": []}, {"kwargs": None}, {"kwargs": []}, {"kwargs": {}, "args": [1]}],
)
def test_another_body_is_malformed(body: Any) -> None:
    with pytest.raises(Malformed):
        from_wire("alliances", "organizations", body, {})


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("hub.viewer", "x" * 256),
        ("hub.viewer", "a\x00"),
        ("hub.viewer", "\ud800"),
        ("hub.viewer", 7),
        ("hub.viewer", b"ann"),
        ("hub.viewer", None),
        ("hub.correlation_id", "x" * 101),
        ("hub.correlation_id", ["x"]),
        ("hub.idempotency_key", {"x": 1}),
        ("hub.deadline", "soon"),
        ("hub.deadline", []),
        ("hub.deadline", 10**400),
        ("hub.deadline", "nan"),
        ("nameko.call_id_stack", "alliances.organizations.1"),
        ("nameko.call_id_stack", 7),
        ("nameko.call_id_stack", ["gateway.1"] * (MAX_DEPTH + 1)),
    ],
)
def test_a_wrong_header_is_malformed(header: str, value: Any) -> None:
    with pytest.raises(Malformed):
        from_wire("alliances", "organizations", BODY, {header: value})


def test_a_call_that_comes_back_to_who_waits_for_it_is_refused() -> None:
    with pytest.raises(Malformed, match="a call to alliances came from a call to alliances"):
        from_wire("alliances", "organizations", BODY, {"nameko.call_id_stack": ["gateway.1", "alliances.found.2"]})

    from_wire("alliances", "organizations", BODY, {"nameko.call_id_stack": ["gateway.1", "events.x.2", "alliances2.x"]})


@pytest.mark.parametrize("key", ["", "\x00", "\ud800", "x" * 201])
def test_whether_a_text_can_be_an_idempotency_key_is_for_the_command_to_say(key: str) -> None:
    request = Request("m", {}, idempotency_key=key)

    read = from_wire("alliances", "m", BODY, to_headers(request)).idempotency_key

    assert read == ("\x00" if key == "\ud800" else key)  # half of a pair cannot travel as UTF-8


def test_a_key_that_is_too_long_stays_too_long_and_grows_no_frame() -> None:
    headers = to_headers(Request("m", {}, idempotency_key="x" * 10**7))

    assert headers["hub.idempotency_key"] == "x" * 201


@pytest.mark.parametrize("locale", [None, "", "de", 7, [], "EN"])
def test_a_language_that_we_do_not_speak_is_chinese(locale: Any) -> None:
    assert from_wire("alliances", "organizations", BODY, {"hub.locale": locale}).context.locale == "zh-CN"


def test_nobody_waits_after_the_deadline() -> None:
    assert Request("m", {}, deadline=time.time() - 1).expired()
    assert not Request("m", {}, deadline=time.time() + 60).expired()
    assert not Request("m", {}).expired()


def test_another_call_on_the_same_terms_has_no_idempotency_key() -> None:
    request = Request("m", {"a": 1}, Context(Viewer("ann")), deadline=5.0, idempotency_key="k")

    assert request.with_call("n", {"b": 2}) == Request("n", {"b": 2}, Context(Viewer("ann")), deadline=5.0)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary(max_size=4),
    lambda inner: st.lists(inner, max_size=6) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)
HEADERS = st.dictionaries(
    st.sampled_from(
        [
            "hub.viewer",
            "hub.locale",
            "hub.correlation_id",
            "hub.deadline",
            "hub.idempotency_key",
            "nameko.call_id_stack",
        ]
    ),
    ANYTHING,
)


@settings(max_examples=250, deadline=None)
@given(body=ANYTHING | st.fixed_dictionaries({"kwargs": st.dictionaries(st.text(), ANYTHING)}), headers=HEADERS)
def test_whatever_comes_is_a_call_or_malformed(body: Any, headers: dict[str, Any]) -> None:
    try:
        request = from_wire("alliances", "organizations", body, headers)
    except Malformed:
        pass  # it says why
    else:
        assert isinstance(request.arguments, dict)
        assert request.context.locale in {"zh-CN", "en"}
        assert isinstance(request.expired(), bool)
        for text in (request.context.viewer.id, request.context.correlation_id, request.idempotency_key or ""):
            assert "\x00" not in text and text.encode() is not None


def test_a_refusal_on_the_wire_names_its_problems() -> None:
    refusal = InvalidInput(Required("nameZh"), TooLong("aliases.1", max=100))

    assert refused_payload(refusal) == {
        "result": None,
        "error": {
            "exc_type": "INVALID_INPUT",
            "exc_path": "hub.INVALID_INPUT",
            "exc_args": ["INVALID_INPUT"],
            "value": "INVALID_INPUT",
            "kind": "refusal",
            "problems": [
                {"code": "REQUIRED", "field": "nameZh", "params": {}},
                {"code": "TOO_LONG", "field": "aliases.1", "params": {"max": 100}},
            ],
        },
    }
    assert refused_payload(NotAllowed())["error"]["problems"] == [{"code": "NOT_ALLOWED", "field": None, "params": {}}]


def test_other_errors_on_the_wire_say_no_more_than_they_are_given() -> None:
    assert malformed_payload("no such method") == error_payload("MalformedRequest", "malformed", "no such method")
    assert error_payload("Bug", "bug", "c-7")["error"] == {
        "exc_type": "Bug",
        "exc_path": "hub.Bug",
        "exc_args": ["c-7"],
        "value": "c-7",
        "kind": "bug",
    }


def test_an_answer_that_no_broker_takes_is_a_fault_like_any_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kit.wire.request.MOST_BYTES", 200)
    request = Request("m", {}, Context(correlation_id="c-1"))

    told = orjson.loads(encode({"result": "x" * 200, "error": None}, request))

    assert (told["result"], told["error"]["kind"], told["error"]["value"]) == (None, "bug", "c-1")
    assert orjson.loads(encode({"result": "x", "error": None}, request))["result"] == "x"
