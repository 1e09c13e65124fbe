"""HTTP: uvicorn's protocol, with bounds on what comes in before it is a request and on how long that takes.

uvicorn and its parser hold whatever arrives until a header ends, and wait for it for ever; they queue what is sent ahead.
"""

from __future__ import annotations

import asyncio
from typing import Any, NoReturn

from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

from hub.web.connections import Connections
from hub.web.metrics import REFUSED
from hub.web.refusals import ADDRESS_TOO_LONG, FULL, IMPATIENT, NOT_HTTP, TOO_LARGE, TOO_SLOW, Refused
from hub.web.settings import WebSettings

STEP = 4096  # bytes of headers that the parser is given at a time
QUEUED = 8  # requests that wait on one connection for the answer to an earlier one; browsers send none ahead
LEAST_READ = 16_384  # bytes that a client takes in while an answer waits for it for `send_seconds`
LINGER = 1.0  # seconds in which a client that still sends can read why it was refused
LINGER_BYTES = 2**20  # that it may still send


class Beyond(Exception):  # noqa: N818 - stops the parser
    """What comes in passes a bound."""


class HttpProtocol(HttpToolsProtocol):
    """One connection. `resting_since` is the time of the loop when its last answer ended, None while it is in use."""

    def __init__(
        self,
        limits: WebSettings,
        held: Connections,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self.resting_since: float | None = None
        self._limits = limits
        self._held = held
        self._deadline: asyncio.TimerHandle | None = None
        self._in_message = False
        self._in_head = True
        self._undelivered = 0  # bytes that the parser took and of which nothing has come out yet
        self._lines = 0
        self._beyond = NOT_HTTP
        self._refused = False
        self._stalled: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._expect_within(self._limits.header_seconds)
        if not self._held.admits(self, self.connections):
            self._refuse(FULL)

    def connection_lost(self, exc: Exception | None) -> None:
        self._expect_no_more()
        self._is_read()
        super().connection_lost(exc)

    def handle_websocket_upgrade(self) -> None:
        """The library for WebSockets has bounds of its own, and is silent where they are passed."""
        if len(self.url) > self._limits.header_line:
            self._refuse(ADDRESS_TOO_LONG)
        elif self.scope["method"] != "GET" or not (self.cycle is None or self.cycle.response_complete):
            self._refuse(NOT_HTTP)
        else:
            self._is_read()
            super().handle_websocket_upgrade()

    def data_received(self, data: bytes) -> None:
        """Headers go to the parser in steps, so that none grows beyond its bound; a body goes as it comes."""
        self.resting_since = None
        if self._refused:
            self._hear_out(data)
        while data and self._listens():
            step = STEP if self._in_head else len(data)
            piece, data = data[:step], data[step:]
            self._undelivered += len(piece)
            super().data_received(piece)
            if self._undelivered > self._limits.header_bytes + STEP and self._listens():
                self._refuse(TOO_LARGE)
        if self._listens() and self._rests() and self.timeout_keep_alive_task is None and self.cycle:
            self._rest()  # it sent an empty line

    def _hear_out(self, data: bytes) -> None:
        self._undelivered += len(data)
        if self._undelivered > LINGER_BYTES:
            self.transport.abort()

    def _listens(self) -> bool:
        """Whether what comes is read by this protocol: not once it is refused, or has become a WebSocket."""
        return not (self._refused or self.transport.is_closing() or self.transport.get_protocol() is not self)

    def _rests(self) -> bool:
        return not self._in_message and (self.cycle is None or self.cycle.response_complete)

    def _rest(self) -> None:
        self.resting_since = self.loop.time()
        if self.timeout_keep_alive_task is None:
            self.timeout_keep_alive_task = self.loop.call_later(
                self.timeout_keep_alive, self.timeout_keep_alive_handler
            )

    # What the parser tells

    def on_message_begin(self) -> None:
        super().on_message_begin()
        if len(self.pipeline) >= QUEUED:
            self._stop(IMPATIENT)
        self._in_message = self._in_head = True
        self._undelivered = self._lines = 0
        self._expect_within(self._limits.header_seconds)

    def on_url(self, url: bytes) -> None:
        super().on_url(url)
        if len(self.url) > self._limits.header_bytes - STEP:
            self._stop(ADDRESS_TOO_LONG)

    def on_header(self, name: bytes, value: bytes) -> None:
        self._lines += 1
        if self._lines > self._limits.header_count or len(name) + len(value) > self._limits.header_line:
            self._stop(TOO_LARGE)
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        self._in_head, self._undelivered = False, 0
        self._expect_no_more()
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        self._undelivered = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        self._in_message, self._in_head, self._undelivered = False, True, 0
        super().on_message_complete()
        if self.cycle and self.cycle.response_complete:
            self._expect_no_more()
            self._rest()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if self.transport.is_closing():
            return
        if self._in_message and not self._in_head:  # answered before its body has come
            self._expect_within(self._limits.header_seconds)
        elif self._rests():
            self.resting_since = self.loop.time()

    # What the client does not take in

    def pause_writing(self) -> None:
        super().pause_writing()
        self._watch(self.transport.get_write_buffer_size())

    def resume_writing(self) -> None:
        self._is_read()
        super().resume_writing()

    def _watch(self, unread: int) -> None:
        self._stalled = self.loop.call_later(self._limits.send_seconds, self._look_again, unread)

    def _look_again(self, before: int) -> None:
        unread = self.transport.get_write_buffer_size()
        if unread > before - LEAST_READ:
            self.transport.abort()
        else:
            self._watch(unread)

    def _is_read(self) -> None:
        if self._stalled is not None:
            self._stalled.cancel()
            self._stalled = None

    # Ends

    def _expect_within(self, seconds: float) -> None:
        if self._deadline is None:
            self._deadline = self.loop.call_later(seconds, self._too_late)

    def _expect_no_more(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _too_late(self) -> None:
        self._deadline = None
        if self.cycle and not self.cycle.response_complete:  # it waits for us: nothing more is read meanwhile
            self._expect_within(self._limits.header_seconds)
        elif self._refused or not (self._in_message and self._in_head):
            self.transport.close()
        else:
            self._refuse(TOO_SLOW)

    def _stop(self, beyond: Refused) -> NoReturn:
        self._beyond = beyond
        raise Beyond(beyond.code)

    def send_400_response(self, msg: str) -> None:
        """The parser cannot go on: a bound is passed, or it is no HTTP."""
        self._refuse(self._beyond)

    def _refuse(self, refused: Refused) -> None:
        """Say why, unless another answer is under way, and hear no more; who still sends may read it before the end."""
        self._refused = True
        REFUSED.labels(refused.code).inc()
        self._expect_no_more()
        if self.cycle and not self.cycle.response_complete:
            self.transport.abort()
            return
        self.transport.write(refused.answer())
        if self._held.lingers(len(self.connections)) and self.transport.can_write_eof():
            self.transport.write_eof()
            self._expect_within(LINGER)
        else:
            self.transport.close()
