"""The server stops, and rests between requests, so that no request on a connection that stands goes without an answer."""

from __future__ import annotations

import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.client import HTTPConnection, HTTPResponse

import anyio.to_thread
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from hub.settings import read_settings
from hub.web import WebServer, web_server
from tests.running.processes import wait_until
from tests.servers.ports import free_port

LONGEST_REST_OF_OTHERS = 3600  # seconds: Envoy, our edge, is the most patient of those who send requests
PATIENCE = 10.0


@dataclass
class Served:
    """A server in a thread: GET / is answered at once, GET /slow once the test has opened the gate."""

    server: WebServer
    port: int
    come: threading.Event = field(default_factory=threading.Event)
    gate: threading.Event = field(default_factory=threading.Event)
    opened: list[HTTPConnection] = field(default_factory=list)

    def stop(self, number: signal.Signals = signal.SIGTERM) -> None:
        """Ask it to end, and see that it takes no new connection."""
        self.server.handle_exit(number, None)
        wait_until(lambda: not self.listens(), PATIENCE, "it still listens")

    def listens(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def connection(self) -> HTTPConnection:
        self.opened.append(HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE))
        return self.opened[-1]


@pytest.fixture
def served() -> Iterator[Served]:
    with _served() as served:
        yield served


def test_request_on_a_connection_that_stands_is_answered_while_the_server_stops(served: Served) -> None:
    connection = served.connection()
    assert _asked(connection).headers["connection"] is None

    served.stop()
    last = _asked(connection)

    assert (last.status, last.headers["connection"]) == (200, "close")


def test_running_request_is_answered_and_its_answer_is_the_last(served: Served) -> None:
    connection = served.connection()
    connection.request("GET", "/slow")
    assert served.come.wait(PATIENCE)

    served.stop()
    served.gate.set()
    last = connection.getresponse()

    assert (last.status, last.headers["connection"], last.read()) == (200, "close", b"slow")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_connection_that_is_not_used_is_not_waited_for_beyond_the_farewell(served: Served, number: int) -> None:
    connection = served.connection()
    _asked(connection)
    served.server.farewell = 0.0 if number == signal.SIGTERM else float("inf")

    served.stop(signal.Signals(number))

    assert connection.sock.recv(1) == b""


def test_connection_rests_longer_than_those_who_send_requests_let_it(served: Served) -> None:
    _asked(served.connection())
    (connection,) = served.server.server_state.connections

    closing = wait_until(lambda: connection.timeout_keep_alive_task, PATIENCE, "it rests for ever")  # type: ignore[union-attr]

    assert closing.when() - connection.loop.time() > LONGEST_REST_OF_OTHERS  # type: ignore[union-attr]


@contextmanager
def _served() -> Iterator[Served]:
    port = free_port()

    async def at_once(_: Request) -> PlainTextResponse:
        return PlainTextResponse("at once")

    async def slow(_: Request) -> PlainTextResponse:
        served.come.set()
        await anyio.to_thread.run_sync(served.gate.wait, PATIENCE)
        return PlainTextResponse("slow")

    app = Starlette(routes=[Route("/", at_once), Route("/slow", slow)])
    served = Served(web_server(app, replace(read_settings(), host="127.0.0.1", port=port)), port)
    thread = threading.Thread(target=served.server.run)
    thread.start()
    wait_until(lambda: served.server.started, PATIENCE, "it does not start")
    try:
        yield served
    finally:
        served.server.farewell = 0.0
        served.server.should_exit = True
        thread.join(PATIENCE)
        for connection in served.opened:
            connection.close()
    assert not thread.is_alive()


def _asked(connection: HTTPConnection) -> HTTPResponse:
    connection.request("GET", "/")
    response = connection.getresponse()
    response.read()
    return response
