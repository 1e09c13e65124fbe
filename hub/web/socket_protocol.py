"""WebSocket: uvicorn's protocol, with bounds on what a client can have it hold that reads nothing or never ends a message."""

from __future__ import annotations

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import CloseCode, Frame

MOST_FRAGMENTS = 256  # of one message; browsers send one


class SocketProtocol(WebSocketsSansIOProtocol):
    """A ping is answered only while the client takes in what it is sent; a message comes in few pieces."""

    def handle_ping(self) -> None:
        if self.writable.is_set():
            super().handle_ping()
        else:
            self.conn.data_to_send()  # a pong may be left out for a later one (RFC 6455, section 5.5.3)

    def handle_cont(self, event: Frame) -> None:
        if len(self.frames) < MOST_FRAGMENTS:
            super().handle_cont(event)
        elif not self.transport.is_closing():
            self.conn.fail(CloseCode.MESSAGE_TOO_BIG, "too many fragments")
            self.handle_parser_exception()
            self.transport.close()
