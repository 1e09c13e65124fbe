"""Reply: a payload is read as it was sent; whatever else arrives is Malformed and nothing worse."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.refusals import InvalidInput, NotAllowed, Required, TooLong
from kit.ids import new_id
from kit.wire.reply import payload_of, read_reply
from kit.wire.request import Malformed, error_payload, malformed_payload, refused_payload
from tests.kit.hostile_messages import NOT_JSON

TEXT = st.text(st.characters(codec="utf-8"))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
)
NO_PAYLOADS: tuple[Any, ...] = (
    None, 1, "result", [], [{}], {}, {"result": 1}, {"error": None},
    {"result": None, "error": "x"}, {"result": None, "error": []}, {"result": None, "error": {}},
    {"result": None, "error": {"kind": ["refusal"]}},
    *({"result": None, "error": {"kind": "refusal", "problems": problems}} for problems in (
        None, {}, [], [None], ["NOT_FOUND"], [{}], [{"code": "TOO_LONG", "params": []}], [{"code": "TOO_LONG", "params": {}}],
        [{"code": "TOO_LONG", "params": {"max": 1, "field": "x"}}], [{"code": "TOO_LONG", "params": {"max": 1, "self": 1}}],
    )),
    {"result": None, "error": {"kind": "refusal"}},
)  # fmt: skip


@given(JSON)
def test_a_result_is_read_as_it_was_sent(result: Any) -> None:
    assert read_reply(orjson.dumps({"result": result, "error": None})) == {"result": result, "error": None}


@pytest.mark.parametrize(
    "payload",
    [
        refused_payload(NotAllowed()),
        refused_payload(InvalidInput(Required("name"), TooLong("ids", max=100))),
        malformed_payload("a call is JSON"),
        error_payload("Bug", "bug", new_id()),
        error_payload("Unavailable", "unavailable", new_id()),
        error_payload("Novel", "a kind of a newer release", new_id()),
        {"result": None, "error": {"kind": "refusal", "problems": [{"code": "OF_A_NEWER_RELEASE"}]}, "more": 1},
    ],
)
def test_an_error_is_read_as_it_was_sent(payload: dict[str, Any]) -> None:
    assert read_reply(orjson.dumps(payload)) == payload


@pytest.mark.parametrize("body", NOT_JSON, ids=lambda body: str(body[:20]))
def test_what_is_no_json_is_malformed(body: bytes) -> None:
    with pytest.raises(Malformed):
        read_reply(body)


@pytest.mark.parametrize("found", NO_PAYLOADS, ids=str)
def test_json_of_another_shape_is_malformed(found: Any) -> None:
    with pytest.raises(Malformed):
        payload_of(found)


@given(st.binary() | JSON.map(orjson.dumps))
def test_anything_else_at_all_is_malformed_or_a_payload(body: bytes) -> None:
    with suppress(Malformed):
        assert {"result", "error"} <= read_reply(body).keys()
