"""Envelope: goes over the wire and comes back the same; whatever else comes is no message, and harms nobody."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from marshmallow import ValidationError

from contracts.ids import is_id
from kit.ids import new_id
from kit.wire.envelope import CONTENT_TYPE, MOST_VERSIONS, Envelope, NotAMessage, from_amqp, to_amqp
from tests.kit.things import ThingHappened, an_envelope

TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=12)
WORD = st.from_regex(r"[a-z][a-z0-9_]{0,11}", fullmatch=True)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=10,
)
SECONDS = st.datetimes(datetime(1971, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC)).map(  # noqa: DTZ001
    lambda moment: moment.replace(microsecond=moment.microsecond // 1000 * 1000)
)
ENVELOPES = st.builds(
    Envelope,
    id=st.builds(new_id),
    type=st.builds("{}.{}".format, WORD, WORD),
    source=st.builds("/{}".format, WORD),
    subject_type=WORD,
    subject_id=st.builds(new_id) | TEXT,
    version=st.integers(1, MOST_VERSIONS),
    time=SECONDS,
    actor=st.just("") | TEXT,
    correlation_id=st.just("") | TEXT,
    data=st.dictionaries(TEXT, JSON, max_size=4),
)


def wire(**facts: Any) -> tuple[bytes, str, dict[str, Any]]:
    return to_amqp(an_envelope(**facts))


@settings(max_examples=300, deadline=None)
@given(ENVELOPES)
@example(an_envelope(time=datetime(1987, 2, 1, 0, 0, 0, 4000, tzinfo=UTC)))
def test_what_goes_over_the_wire_comes_back_the_same(envelope: Envelope) -> None:
    assert from_amqp(*to_amqp(envelope)) == envelope


def test_on_the_wire_it_is_a_cloudevent_in_binary_mode() -> None:
    envelope = an_envelope(data={"what": "made"}, version=3)

    body, content_type, headers = to_amqp(envelope)

    assert (orjson.loads(body), content_type) == ({"what": "made"}, "application/json")
    assert headers == {
        "cloudEvents_id": envelope.id,
        "cloudEvents_type": "tests.thing_happened",
        "cloudEvents_source": "/tests",
        "cloudEvents_subject": f"thing/{envelope.subject_id}",
        "cloudEvents_time": int(envelope.time.timestamp() * 1000),
        "cloudEvents_specversion": "1.0",
        "cloudEvents_sequence": "3",
        "cloudEvents_actor": "somebody",
        "cloudEvents_correlationid": "c-1",
    }


def test_a_body_that_was_decoded_on_its_way_is_read_too() -> None:
    envelope = an_envelope(data={"what": "做"})
    body, content_type, headers = to_amqp(envelope)

    assert from_amqp(body.decode(), content_type, headers) == envelope


def test_headers_that_a_newer_writer_adds_are_ignored() -> None:
    envelope = an_envelope()
    body, content_type, headers = to_amqp(envelope)

    assert from_amqp(body, content_type, {**headers, "cloudEvents_newer": "x", "traceparent": "y"}) == envelope


def test_the_time_is_read_in_utc_whatever_its_form() -> None:
    body, content_type, headers = wire()
    moment = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)

    for form in ("2026-03-02T09:00:00+08:00", moment, int(moment.timestamp() * 1000)):
        found = from_amqp(body, content_type, {**headers, "cloudEvents_time": form})
        assert (found.time, found.time.utcoffset()) == (moment, timedelta())


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"", CONTENT_TYPE),
        (b"{", CONTENT_TYPE),
        (b"[]", CONTENT_TYPE),
        (b"7", CONTENT_TYPE),
        (b'"text"', CONTENT_TYPE),
        (b"\x80\x04\x95\x05\x00\x00\x00\x00\x00\x00\x00\x8c\x01x\x94.", CONTENT_TYPE),
        (b"\xff\xfe{}", CONTENT_TYPE),
        (b'{"what": "\\u0000"}', CONTENT_TYPE),
        (b'{"what": "\\ud800"}', CONTENT_TYPE),
        (b'{"what": NaN}', CONTENT_TYPE),
        (b"[" * 100_000, CONTENT_TYPE),
        (b"{}", "application/x-python-serialize"),
        (b"{}", None),
        (b"{}", ""),
    ],
)
def test_another_body_is_no_message(body: bytes, content_type: str | None) -> None:
    _, _, headers = wire()

    with pytest.raises(NotAMessage):
        from_amqp(body, content_type, headers)


@pytest.mark.parametrize("backslashes", [2, 4])
def test_a_text_that_only_speaks_of_nul_is_let_through(backslashes: int) -> None:
    _, content_type, headers = wire()

    body = b'{"what": "' + b"\\" * backslashes + b'u0000"}'

    assert from_amqp(body, content_type, headers).data == {"what": "\\" * (backslashes // 2) + "u0000"}


@pytest.mark.parametrize(
    ("header", "values"),
    [
        ("id", ["", "7", 7, None, "x" * 100, new_id().upper(), "\x00"]),
        ("type", ["", None, 7, "a\x00b", "\ud800"]),
        ("source", [None, 7, [], {}, "\x00"]),
        ("subject", ["", None, 7, "thing/\x00"]),
        ("time", ["", "never", None, [], 10**30, -(10**30), "0001-01-01T00:00:00+14:00", float("nan")]),
        ("specversion", ["", "0.3", "2.0", None, 1]),
        ("sequence", ["", "0", "-1", str(2**31), "1.5", "x", None, [], "9" * 5000]),
        ("actor", ["a\x00", "\ud800", 7]),
        ("correlationid", ["\x00", 7, []]),
    ],
)
def test_a_wrong_attribute_makes_it_no_message(header: str, values: list[Any]) -> None:
    body, content_type, headers = wire()

    for value in values:
        with pytest.raises(NotAMessage):
            print(header, repr(value), from_amqp(body, content_type, {**headers, f"cloudEvents_{header}": value}))


@pytest.mark.parametrize("header", ["id", "type", "source", "subject", "time", "specversion", "sequence"])
def test_a_missing_attribute_makes_it_no_message(header: str) -> None:
    body, content_type, headers = wire()
    del headers[f"cloudEvents_{header}"]

    with pytest.raises(NotAMessage):
        from_amqp(body, content_type, headers)


@pytest.mark.parametrize("headers", [None, {}, {"id": "x"}])
def test_no_attributes_make_it_no_message(headers: dict[str, Any] | None) -> None:
    with pytest.raises(NotAMessage):
        from_amqp(b"{}", CONTENT_TYPE, headers)


HEADER = st.sampled_from([f"cloudEvents_{name}" for name in wire()[2]] + [*wire()[2], "x-death", "content-type", ""])
VALUE = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(),
    st.binary(max_size=9),
    st.datetimes(),
    st.lists(st.integers(), max_size=2),
    st.dictionaries(st.text(max_size=3), st.integers(), max_size=2),
)


@settings(max_examples=300, deadline=None)
@given(
    body=st.binary(max_size=40)
    | st.text(max_size=20).map(lambda text: text.encode("utf-8", "replace"))
    | st.just(b"{}"),
    content_type=st.sampled_from([CONTENT_TYPE, CONTENT_TYPE, CONTENT_TYPE, None, "text/plain"]),
    changes=st.dictionaries(HEADER, VALUE, max_size=3),
)
def test_whatever_comes_is_a_message_that_can_be_stored_or_none(
    body: bytes, content_type: str | None, changes: dict[str, Any]
) -> None:
    try:
        found = from_amqp(body, content_type, {**wire()[2], **changes})
    except NotAMessage:
        pass  # it says why
    else:
        assert is_id(found.id) and 1 <= found.version <= MOST_VERSIONS
        assert found.time.utcoffset() == timedelta()
        for text in (found.type, found.source, found.subject_type, found.subject_id, found.actor, found.correlation_id):
            assert "\x00" not in text and text.encode() is not None


def test_the_message_in_it_is_read_by_the_class_of_its_type() -> None:
    assert an_envelope(data={"what": "made"}).message() == ThingHappened(what="made")
    with pytest.raises(KeyError):
        an_envelope(type="tests.never_heard_of").message()
    with pytest.raises(ValidationError):
        an_envelope(data={"what": 7}).message()
