"""Hostile messages: malformed AMQP messages of many kinds, the same ones for the same seed."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from random import Random
from struct import pack
from typing import Any

import amqp
import orjson

from kit.ids import new_id
from kit.wire.envelope import to_amqp
from tests.kit.contract.saying import said
from tests.kit.contract.small_services import NoteWritten

JSON = "application/json"


@dataclass
class Hostile:
    """One message: `raw` takes the place of the properties where it is given."""

    kind: str
    body: bytes
    properties: dict[str, Any] = field(default_factory=dict)
    raw: bytes | None = None

    def message(self) -> amqp.Message:
        return _RawMessage(self.raw, self.body) if self.raw is not None else amqp.Message(self.body, **self.properties)


class _RawMessage(amqp.Message):
    """A message whose properties are written as they stand."""

    def __init__(self, raw: bytes, body: bytes) -> None:
        super().__init__(body)
        self._raw = raw

    def _serialize_properties(self) -> bytes:
        return self._raw


NOT_JSON = (
    b"", b"{", b"nonsense", b"\xff\xfe\x00", b'{"kwargs": {}', b"{'kwargs': {}}", b"NaN", b'{"kwargs": NaN}', b"\x00",
    b"[" * 100_000, b'{"kwargs":' * 5000, b'{"kwargs": {"text": "\\ud800"}}', b"x" * 1_000_000,
    pickle.dumps({"args": [], "kwargs": {}}),
)  # fmt: skip
NOT_A_CALL: tuple[Any, ...] = (
    None, 1, "write", [], [{}], {}, {"args": []}, {"kwargs": None}, {"kwargs": []}, {"kwargs": "x"},
    {"args": [1], "kwargs": {}}, {"args": {"text": "x"}}, True, 1.5, {"kwargs": 7, "args": None},
)  # fmt: skip
NOT_JSON_TYPES = (None, "", "text/plain", "application/x-python-serialize", "application/octet-stream", "application/data",
                  "APPLICATION/JSON", "application/json2", "\u4e2d")  # fmt: skip
STRANGE: tuple[Any, ...] = (
    7, -1, 1.5, True, [], ["x"], {"a": 1}, {"a": {"b": [1, 2]}}, datetime(2026, 1, 1, tzinfo=UTC), Decimal("1.5"), b"\xff\xfe",
    "x" * 70_000, "a\x00b", "\ud800",
)  # fmt: skip
STACKS: tuple[Any, ...] = (
    "x",
    7,
    {"a": 1},
    ["notes.write.1"],
    ["a.b.1", "notes.x.2"],
    ["a"] * 5,
    [[["notes.x"]]] * 6,
    True,
)
METHODS: tuple[str | bytes, ...] = (
    "", "__init__", "__class__", "runtime", "write ", "Write", "x" * 200, "写", "\x00", "_one", "reminded",
    b"\xff\xfe", b"\xc3\x28", b"\xed\xa0\x80",
)  # fmt: skip
NOT_SECONDS: tuple[Any, ...] = (
    "soon",
    "",
    "nan",
    "inf",
    "-inf",
    "1e999",
    [],
    [1],
    {"a": 1},
    datetime(2026, 1, 1, tzinfo=UTC),
    b"\xff",
)
STRANGE_ARGUMENTS: tuple[Any, ...] = (
    {"text": "a\x00b"}, {"text": {"a": 1}}, {"text": ["x"]}, {"text": None}, {"text": 2**63 - 1}, {"text": "x" * 1_000_000},
    {"text": "x", "": 1}, {"text": "x", "session": 1}, {"self": 1, "text": "x"}, {}, {"text": ""}, {"text": [[[[]]]] * 1000},
)  # fmt: skip


def call_kinds(random: Random, reply_to: str) -> dict[str, Callable[[], tuple[str | bytes, Hostile]]]:
    """Makers of (method, message) by kind. Whatever comes out is no call that could be performed."""

    def make(kind: str, body: Any, method: str | bytes = "write", **changes: Any) -> tuple[str | bytes, Hostile]:
        properties = {"content_type": JSON, "reply_to": reply_to, "correlation_id": new_id(), **changes}
        properties = {name: value for name, value in properties.items() if value is not None}
        return method, Hostile(kind, body if isinstance(body, bytes) else orjson.dumps(body), properties)

    def fine() -> dict[str, Any]:
        return {"args": [], "kwargs": {"text": f"hostile {new_id()}"}}

    def headers(**values: Any) -> dict[str, Any]:
        return {"application_headers": values}

    pick = random.choice
    return {
        "not JSON": lambda: make("not JSON", pick(NOT_JSON)),
        "not JSON, no reply_to": lambda: make("not JSON, no reply_to", pick(NOT_JSON), reply_to=None),
        "not a call": lambda: make("not a call", pick(NOT_A_CALL)),
        "not a call, no reply_to": lambda: make("not a call, no reply_to", pick(NOT_A_CALL), reply_to=None),
        "content type": lambda: make("content type", fine(), content_type=pick(NOT_JSON_TYPES)),
        "no method": lambda: make("no method", fine(), pick(METHODS)),
        "no method, no reply_to": lambda: make("no method, no reply_to", fine(), pick(METHODS), reply_to=None),
        "viewer": lambda: make("viewer", fine(), **headers(**{"hub.viewer": pick(STRANGE)})),
        "course": lambda: make("course", fine(), **headers(**{"hub.correlation_id": pick(STRANGE)})),
        "key": lambda: make("key", fine(), **headers(**{"hub.idempotency_key": pick(STRANGE)})),
        "deadline": lambda: make("deadline", fine(), **headers(**{"hub.deadline": pick(NOT_SECONDS)})),
        "stack": lambda: make("stack", fine(), **headers(**{"nameko.call_id_stack": pick(STACKS[:-1])})),
        "arguments": lambda: make("arguments", {"args": [], "kwargs": pick(STRANGE_ARGUMENTS)}),
        "correlation": lambda: make("correlation", 1, correlation_id=pick(("", "x" * 255, b"\xed\xa0\x80", None))),
        "properties": lambda: (
            "no_such",
            Hostile("properties", orjson.dumps(fine()), raw=properties(random, reply_to)),
        ),
    }


def message_kinds(random: Random) -> dict[str, Callable[[], Hostile]]:
    """Makers of messages by kind, for the queue of a handler of NoteWritten."""

    def make(kind: str, *, body: bytes | None = None, content_type: str | None = JSON, **headers: Any) -> Hostile:
        good_body, _, good_headers = to_amqp(said(NoteWritten(note_id=new_id(), text="hostile")))
        changed = {**good_headers, **{f"cloudEvents_{name}": value for name, value in headers.items()}}
        properties: dict[str, Any] = {"application_headers": {k: v for k, v in changed.items() if v is not None}}
        if content_type is not None:
            properties["content_type"] = content_type
        return Hostile(kind, good_body if body is None else body, properties)

    def data(value: Any) -> Hostile:
        return make("data", body=orjson.dumps(value))

    names = ("id", "type", "source", "subject", "time", "sequence", "actor", "correlationid", "specversion")
    not_ids = (
        "",
        "x",
        "1",
        new_id()[:-1],
        new_id() + "0",
        "{" + new_id() + "}",
        "' OR 1=1 --",
        "中",
        "x" * 5000,
        "a\x00b",
    )
    numbers = ("-1", "x", "", "1.5", str(2**31), str(2**63), str(2**70), "1e3", "９", "0x1", "\x00")
    times = (
        "",
        "yesterday",
        "2026-13-01T00:00:00Z",
        "99999-01-01T00:00:00Z",
        "2026-01-01",
        "0001-01-01T00:00:00+23:59",
        "9999-12-31T23:59:59-23:59",
    )
    pick = random.choice
    return {
        "not JSON": lambda: make("not JSON", body=pick(NOT_JSON)),
        "not an object": lambda: make("not an object", body=orjson.dumps(pick((None, 1, "x", [], [{}], True)))),
        "content type": lambda: make("content type", content_type=pick(NOT_JSON_TYPES)),
        "no header": lambda: make("no header", **{pick(names[:6]): None}),
        "strange header": lambda: make("strange header", **{pick(names): pick(STRANGE)}),
        "id": lambda: make("id", id=pick(not_ids)),
        "sequence": lambda: make("sequence", sequence=pick(numbers)),
        "time": lambda: make("time", time=pick(times)),
        "NUL": lambda: make("NUL", **{pick(("type", "subject", "actor", "correlationid", "source")): "a\x00b"}),
        "unknown type": lambda: make("unknown type", type=pick(("", "notes.note_burnt", "x" * 10_000, "中"))),
        "data": lambda: data(pick(({}, {"text": 7}, {"note_id": None}, {"text": "x" * 1_000_000}, {"a": {"b": [1]}}))),
        "data of NUL": lambda: data({"note_id": pick(("a\x00b", new_id())), "text": "a\x00b"}),
        "data of numbers": lambda: make(
            "data of numbers", body=b'{"note_id": 1e999, "text": 123456789012345678901234567890}'
        ),
        "no properties": lambda: Hostile("no properties", b"{}"),
        "properties": lambda: Hostile("properties", b"{}", raw=properties(random, "")),
    }


def properties(random: Random, reply_to: str) -> bytes:
    """Properties that a broker may pass on and that no library need be able to read."""
    content_type, header_table, correlation, reply, kind = 0x8000, 0x2000, 0x0400, 0x0200, 0x0020
    bad = random.choice((b"\xff\xfe", b"\xc3\x28", b"\xed\xa0\x80", b"\xf8\x88\x80\x80\x80", b"\x80" * 255))
    short, json, to = pack("B", len(bad)) + bad, b"\x10application/json", pack("B", len(reply_to)) + reply_to.encode()
    tables = (
        _table(b"T" + pack(">Q", random.choice((2**63, 2**40, 1_795_000_000_000)))),
        _table(b"S" + pack(">I", len(bad)) + bad),
        _table(b"d" + pack(">d", float("nan"))),
        _table(b"D\xff" + pack(">i", 1)),
        _table(b"F" + pack(">I", 0)),
        _table(b"A" + pack(">I", 0)),
        _table(b"x" + pack(">I", 3) + b"\xff\x00\xfe"),
        _table(b"V", name=bad),
        _table(b"F" + _table(b"T" + pack(">Q", 2**62))),
        _deep_table(3000),
    )
    table = random.choice(tables)
    choices = (
        pack(">H", content_type | reply) + short + to,
        pack(">H", content_type | correlation | reply) + json + short + to,
        pack(">H", content_type | reply) + json + short,
        pack(">H", content_type | reply | kind) + json + to + short,
        pack(">H", content_type | header_table | reply) + json + table + to,
        pack(">H", header_table) + table,
        _flipped(random, pack(">H", content_type | header_table | reply) + json + table + to),
    )
    return random.choice(choices)


def _table(value: bytes, name: bytes = b"hub.viewer") -> bytes:
    inner = pack("B", len(name)) + name + value
    return pack(">I", len(inner)) + inner


def _deep_table(depth: int) -> bytes:
    table = _table(b"V")
    for _ in range(depth):
        table = _table(b"F" + table, name=b"a")
    return table


def _flipped(random: Random, raw: bytes) -> bytes:
    changed = bytearray(raw)
    for _ in range(random.randint(1, 4)):
        changed[random.randrange(len(changed))] = random.randrange(256)
    return bytes(changed)
