"""Transferring: a gateway behind a real socket, and callers who write their requests byte by byte and read as they like."""

from __future__ import annotations

import hashlib
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta

from contracts.events.judging.works import FILE_TICKET
from contracts.uploads import PIECE_TICKET, piece_key
from gateway.app import create_app
from hub.settings import read_settings
from hub.web.server import WebServer, web_server
from kit.clock import MovableClock
from kit.files.store import put
from kit.files.stores import store_of
from kit.files.tickets import tickets_of
from kit.ids import new_id
from tests.gateway.works.sending import NOW, Believing, FakeEvents, digest
from tests.running.processes import wait_until
from tests.servers.ports import free_port

PATIENCE = 60.0  # seconds that a trial waits for what must come


@dataclass
class Wire:
    """A gateway that serves on a port, with a store of its own and no services behind it."""

    server: WebServer
    events: FakeEvents
    port: int
    opened: list[socket.socket] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.settings = read_settings()

    def connect(self, *, buffer: int = 0) -> socket.socket:
        caller = socket.socket()
        if buffer:
            caller.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
        caller.settimeout(PATIENCE)
        caller.connect(("127.0.0.1", self.port))
        self.opened.append(caller)
        return caller

    def begin(self, person: str, content: bytes, *, sent: int = 0) -> Sending:
        """A piece of its own upload, of which so many bytes are sent."""
        upload, until = new_id(), NOW + timedelta(hours=1)
        claims = {"upload": upload, "person": person, "size": len(content), "piece_size": len(content)}
        ticket = tickets_of(self.settings).sign(PIECE_TICKET, claims, until=until)
        caller = self.connect()
        head = (
            f"PUT /works/pieces/{ticket}/1 HTTP/1.1\r\nhost: hub\r\nauthorization: Bearer {person}\r\n"
            f"content-digest: {digest(content)}\r\ncontent-length: {len(content)}\r\n\r\n"
        )
        caller.sendall(head.encode() + content[:sent])
        return Sending(caller, upload, content, sent)

    def holds(self, content: bytes) -> str:
        """The ticket of a file that the store has."""
        put(store_of(self.settings), "works/one", [content])
        self.events.file = {
            "key": "works/one",
            "name": "one.pdf",
            "media_type": "application/pdf",
            "size": len(content),
        }
        return tickets_of(self.settings).sign(FILE_TICKET, {"version": new_id()}, until=NOW + timedelta(hours=1))

    def fetch(self, ticket: str, person: str, *, buffer: int = 0) -> socket.socket:
        """Ask for a file and read nothing yet."""
        caller = self.connect(buffer=buffer)
        caller.sendall(
            f"GET /works/files/{ticket} HTTP/1.1\r\nhost: hub\r\nauthorization: Bearer {person}\r\n\r\n".encode()
        )
        return caller

    def kept(self, sending: Sending) -> bool:
        return store_of(self.settings).size(piece_key(sending.upload, 1)) == len(sending.content)


@dataclass
class Sending:
    """A piece on its way."""

    caller: socket.socket
    upload: str
    content: bytes
    sent: int

    def rest(self) -> None:
        self.caller.sendall(self.content[self.sent :])

    def status(self) -> int:
        return status(self.caller)


def status(caller: socket.socket) -> int:
    """The status of the answer, once its first line is there."""
    line = b""
    while not line.endswith(b"\n"):
        found = caller.recv(1)
        assert found, f"the connection was closed after {line!r}"
        line += found
    return int(line.split()[1])


def closed(caller: socket.socket) -> bytes:
    """What comes until the other side closes."""
    found = b""
    try:
        while chunk := caller.recv(65_536):
            found += chunk
    except ConnectionResetError:
        return found
    return found


def content_of(size: int, mark: str) -> bytes:
    return hashlib.sha256(mark.encode()).digest() * (size // 32)


@contextmanager
def on_a_socket() -> Iterator[Wire]:
    """With the settings that the environment has now."""
    events, port = FakeEvents(), free_port()
    app = create_app(read_settings(), events, Believing(), dict, clock=MovableClock(NOW))
    wire = Wire(web_server(app, replace(read_settings(), host="127.0.0.1", port=port)), events, port)
    thread = threading.Thread(target=wire.server.run)
    thread.start()
    wait_until(lambda: wire.server.started, PATIENCE, "it does not start")
    try:
        yield wire
    finally:
        for caller in wire.opened:
            caller.close()
        wire.server.farewell = 0.0
        wire.server.should_exit = True
        thread.join(PATIENCE)
    assert not thread.is_alive()
