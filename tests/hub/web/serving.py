"""Serving: the hub's web server in a thread of the test, in front of an application of two pages, and clients in the raw."""

from __future__ import annotations

import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from http.client import HTTPConnection, HTTPResponse
from typing import Any

import anyio.to_thread
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

from hub.settings import read_settings
from hub.web.server import WebServer, web_server
from hub.web.settings import WebSettings
from kit.settings import Settings
from tests.running.processes import wait_until
from tests.servers.ports import free_port

PATIENCE = 60.0
LARGE = 32 * 2**20  # bytes; more than the systems of both sides hold between them
BOTH = ["GET", "POST"]
GET = b"GET / HTTP/1.1\r\nHost: hub\r\n"


class Raw:
    """A client that says whatever it likes."""

    def __init__(self, port: int, address: str = "127.0.0.1") -> None:
        self._socket = socket.socket()
        self._socket.settimeout(PATIENCE)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65_536)
        self._socket.bind((address, 0))
        self._socket.connect(("127.0.0.1", port))

    def say(self, said: bytes) -> int:
        """How many of the bytes went out before the server hung up."""
        view, gone = memoryview(said), 0
        with suppress(ConnectionError):
            while gone < len(view):
                gone += self._socket.send(view[gone : gone + 65_536])
        return gone

    def read(self, most: int = 65_536) -> bytes:
        try:
            return self._socket.recv(most)
        except ConnectionError:
            return b""

    def status(self) -> int:
        """The status of the next answer, which is read whole."""
        answer = b""
        while b"\r\n\r\n" not in answer and (piece := self.read()):
            answer += piece
        head, _, body = answer.lower().partition(b"\r\n\r\n")
        length = int(head.partition(b"content-length: ")[2].split()[0]) if head else 0
        while len(body) < length and (piece := self.read()):
            body += piece
        return int(head.split()[1]) if head else 0

    def rest(self) -> bytes:
        """All that the server says until it hangs up."""
        return b"".join(iter(self.read, b""))

    def close(self) -> None:
        self._socket.close()


@dataclass
class Served:
    """A server in a thread: GET / is answered at once, GET /slow once the test has opened the gate."""

    server: WebServer
    port: int
    come: threading.Event = field(default_factory=threading.Event)
    gate: threading.Event = field(default_factory=threading.Event)
    opened: list[HTTPConnection | Raw] = field(default_factory=list)

    def stop(self, number: signal.Signals = signal.SIGTERM) -> None:
        """Ask it to end, and see that it takes no new connection."""
        self.server.handle_exit(number, None)
        wait_until(lambda: not self.listens(), PATIENCE, "it still listens")

    def listens(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def connection(self) -> HTTPConnection:
        self.opened.append(connection := HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE))
        return connection

    def raw(self, said: bytes = b"", address: str = "127.0.0.1") -> Raw:
        """A connection from this address of this machine, on which something is said at once."""
        self.opened.append(raw := Raw(self.port, address))
        raw.say(said)
        return raw

    @property
    def held(self) -> set[Any]:
        """The connections that the server holds open."""
        return set(self.server.server_state.connections)


@contextmanager
def served_with(**limits: Any) -> Iterator[Served]:
    """A server whose settings differ by these limits."""

    async def at_once(_: Request) -> PlainTextResponse:
        return PlainTextResponse("at once")

    async def slow(_: Request) -> PlainTextResponse:
        served.come.set()
        await anyio.to_thread.run_sync(served.gate.wait, PATIENCE)
        return PlainTextResponse("slow")

    async def large(_: Request) -> Response:
        return Response(bytes(LARGE))

    async def who(request: Request) -> PlainTextResponse:
        return PlainTextResponse(f"{request.url.scheme} {request.client.host if request.client else None}")

    async def deaf(websocket: WebSocket) -> None:
        await websocket.accept()
        served.come.set()
        await anyio.to_thread.run_sync(served.gate.wait, PATIENCE)
        await websocket.receive()

    routes = [
        Route("/", at_once, methods=BOTH),
        Route("/slow", slow, methods=BOTH),
        Route("/large", large),
        Route("/who", who),
    ]
    app = Starlette(routes=[*routes, WebSocketRoute("/deaf", deaf)])
    with serving(app, read_settings(), **limits) as served:
        yield served


@contextmanager
def serving(app: Starlette, settings: Settings, **limits: Any) -> Iterator[Served]:
    """Any application behind the hub's web server."""
    settings = replace(settings, host="127.0.0.1", port=free_port())
    settings = settings.having(replace(settings.of(WebSettings), **limits))
    served = Served(web_server(app, settings), settings.port)
    thread = threading.Thread(target=served.server.run)
    thread.start()
    wait_until(lambda: served.server.started, PATIENCE, "it does not start")
    try:
        yield served
    finally:
        served.gate.set()
        served.server.farewell = 0.0
        served.server.should_exit = True
        for connection in served.opened:
            connection.close()
        thread.join(PATIENCE)
    assert not thread.is_alive()


def asked(connection: HTTPConnection) -> HTTPResponse:
    connection.request("GET", "/")
    response = connection.getresponse()
    response.read()
    return response
