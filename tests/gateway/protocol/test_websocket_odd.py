"""WebSocket: whatever a client sends, it is answered or told what is wrong with it; nothing of it is a bug of ours."""

import asyncio
import json
from collections.abc import MutableMapping
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.datastructures import Headers
from starlette.websockets import WebSocketState
from structlog.testing import capture_logs

from gateway.protocol.documents import Documents
from gateway.protocol.faults import report_safely
from gateway.protocol.operations import Operations
from gateway.protocol.socket_session import Session, SocketLimits
from tests.gateway.protocol.tiny_gateway import Context, tiny_schema

SCHEMA = tiny_schema()
OPERATIONS = Operations(SCHEMA, Documents(SCHEMA), report_safely, seconds=60.0)
INIT = '{"type": "connection_init"}'
DEEP = 500  # deeper than it can be written, not deeper than it can be read
WORDS = st.sampled_from(
    ["connection_init", "ping", "pong", "subscribe", "complete", "next", "id", "payload", "query", ""]
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | WORDS,
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(WORDS | st.text(max_size=5), inside, max_size=3),
    max_leaves=10,
)
MESSAGES = st.fixed_dictionaries(
    {"type": WORDS},
    optional={
        "id": VALUES,
        "payload": VALUES | st.fixed_dictionaries({"query": VALUES}, optional={"variables": VALUES}),
    },
)


class Frames:
    """A socket on which a client says all of this and leaves; `heard` is what it is told, `closed` how it was ended."""

    def __init__(self, *said: str | bytes) -> None:
        self.headers = Headers()
        self.application_state = WebSocketState.CONNECTED
        self.heard: list[dict[str, Any]] = []
        self.closed: tuple[int, str] | None = None
        self._said = list(said)

    async def receive(self) -> MutableMapping[str, Any]:
        await asyncio.sleep(0)
        if not self._said:
            return {"type": "websocket.disconnect", "code": 1000}
        frame = self._said.pop(0)
        return {"type": "websocket.receive", "text" if isinstance(frame, str) else "bytes": frame}

    async def send(self, message: MutableMapping[str, Any]) -> None:
        self.heard.append(json.loads(message["text"]))

    async def close(self, code: int, reason: str) -> None:
        self.closed = code, reason


async def told(*said: str | bytes) -> Frames:
    async def context(*_: Any) -> Context:
        return Context()

    frames = Frames(*said)
    with capture_logs() as logs:
        await Session(frames, OPERATIONS, context, SocketLimits(), lambda: datetime.now(UTC)).run()
    assert [entry for entry in logs if entry["event"] == "incident"] == []
    return frames


@pytest.mark.parametrize(
    "frame",
    [
        b"\x00\xff",
        "",
        "null",
        "[]",
        "{",
        '"ping"',
        "{}",
        '{"type": null}',
        '{"type": ["ping"]}',
        '{"type": "next"}',
        '{"type": "ping", "payload": [1]}',
        '{"type": "ping", "payload": {"a": ' + "[" * DEEP + "]" * DEEP + "}}",
        '{"type": "ping", "payload": ' + '{"a":' * 2_000 + "1" + "}" * 2_000 + "}",
        '{"type": "subscribe", "id": 1, "payload": {"query": "{ hello }"}}',
        '{"type": "subscribe", "id": "", "payload": {"query": "{ hello }"}}',
        '{"type": "subscribe", "id": "1", "payload": {"query": 1}}',
        '{"type": "subscribe", "id": "1", "payload": {"query": "{ hello }", "variables": []}}',
        '{"type": "subscribe", "id": "1"}',
        '{"type": "complete"}',
    ],
)
async def test_odd_frame_closes_the_socket_as_malformed(frame):
    assert (await told(INIT, frame)).closed[0] == 4400


@pytest.mark.parametrize("payload", ['"text"', "[1]", "5", "true"])
async def test_odd_payload_of_connection_init_closes_the_socket_as_malformed(payload):
    frames = await told('{"type": "connection_init", "payload": ' + payload + "}")

    assert frames.closed == (4400, "Payload is expected to be an object")


@given(st.lists(MESSAGES, max_size=5))
@settings(max_examples=150)
def test_no_message_is_an_incident(messages):
    frames = asyncio.run(told(INIT, *map(json.dumps, messages)))

    assert frames.closed is None or frames.closed[0] != 1011
    errors = [error for each in frames.heard if each["type"] == "error" for error in each["payload"]]
    assert all(error["extensions"]["code"] != "INTERNAL" for error in errors)
