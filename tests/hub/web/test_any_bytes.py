"""Whatever bytes come in, in whatever pieces: they are answered or refused, nothing is raised, and little is held."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import uvicorn
from hypothesis import given, settings
from hypothesis import strategies as st
from uvicorn.server import ServerState

from hub.settings import read_settings
from hub.web.connections import Connections
from hub.web.http_protocol import STEP, HttpProtocol
from hub.web.settings import WebSettings
from hub.web.socket_protocol import SocketProtocol

LIMITS = replace(read_settings().of(WebSettings), header_bytes=2 * STEP, header_line=2000)
LINES = st.sampled_from(
    [
        b"GET / HTTP/1.1\r\n",
        b"POST / HTTP/1.1\r\n",
        b"GET / HTTP/1.0\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"GET /?" + b"a" * 2500,
        b"Host: hub\r\n",
        b"Content-Length: 5\r\n",
        b"Content-Length: 99999999999999999999\r\n",
        b"Transfer-Encoding: chunked\r\n",
        b"Connection: Upgrade\r\nUpgrade: websocket\r\n",
        b"Upgrade: h2c\r\nConnection: Upgrade\r\n",
        b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n",
        b"Connection: close\r\n",
        b"Expect: 100-continue\r\n",
        b"X: " + b"a" * 2500,
        b"\r\n",
        b"5\r\nhello\r\n0\r\n",
        b"ffffffffffffffff\r\n",
        b"hello",
        b"\x00\x16\x03\x01",
        b"\x81\x85\x00\x00\x00\x00hello",
        b"\x89\x80\x00\x00\x00\x00",
    ]
)
PIECES = st.lists(LINES | st.binary(max_size=40), max_size=25)


class Wire(asyncio.Transport):
    """What the server says, until it hangs up."""

    def __init__(self) -> None:
        super().__init__({"peername": ("203.0.113.1", 1), "sockname": ("127.0.0.1", 2)})
        self.said = b""
        self.protocol: Any = None
        self.closing = False

    def write(self, data: bytes | bytearray | memoryview[int]) -> None:
        self.said += data

    def close(self) -> None:
        self.closing = True

    abort = close

    def is_closing(self) -> bool:
        return self.closing

    def can_write_eof(self) -> bool:
        return True

    def write_eof(self) -> None: ...

    def pause_reading(self) -> None: ...

    def resume_reading(self) -> None: ...

    def get_write_buffer_size(self) -> int:
        return 0

    def set_protocol(self, protocol: asyncio.BaseProtocol) -> None:
        self.protocol = protocol

    def get_protocol(self) -> asyncio.BaseProtocol:
        found: asyncio.BaseProtocol = self.protocol
        return found


async def _application(scope: Any, receive: Any, send: Any) -> None:
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.accept"})
        return
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body"})


async def _hear(pieces: list[bytes]) -> tuple[Wire, HttpProtocol]:
    config = uvicorn.Config(_application, ws=SocketProtocol, log_config=None, access_log=False, lifespan="off")
    protocol, wire = HttpProtocol(LIMITS, Connections(LIMITS), config, ServerState(), {}), Wire()
    wire.protocol = protocol
    protocol.connection_made(wire)
    for piece in pieces:
        if not wire.closing:
            wire.protocol.data_received(piece)
        await asyncio.sleep(0)
    wire.protocol.connection_lost(None)
    await asyncio.sleep(0)
    return wire, protocol


@given(PIECES)
@settings(max_examples=200)
def test_any_bytes_are_answered_or_refused(pieces: list[bytes]) -> None:
    wire, protocol = asyncio.run(_hear(pieces))

    assert wire.said == b"" or wire.said.startswith((b"HTTP/1.1 ", b"\x88"))
    assert b"HTTP/1.1 500" not in wire.said
    assert protocol._refused or protocol._undelivered <= LIMITS.header_bytes + 2 * STEP
    assert len(protocol.pipeline) <= 9
