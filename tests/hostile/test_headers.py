"""Headers, connections and time against a whole hub behind its own web server: nothing of what strangers send stays in memory."""

from __future__ import annotations

import gc
import json
from collections.abc import Iterator
from http.client import HTTPConnection

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect
from websockets.typing import Subprotocol

from hub.run import embedded_app
from hub.services import all_services
from hub.settings import read_settings
from tests.clock import StandingClock
from tests.databases.ground import hub_of
from tests.hub.web.serving import GET, PATIENCE, Served, serving
from tests.hub.web.test_connections import HANDSHAKE
from tests.running.processes import wait_until

MARK = "hostile-"
REQUESTS = 300
HELD_AT_MOST = 64 * 1024  # bytes: of the last request on a connection that rests, and what is remembered in short
DOCUMENTS_HELD_AT_MOST = 250_000
HERE, THERE = "127.0.0.2", "127.0.0.3"
ASK = json.dumps({"query": "{ __typename }"})


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A whole hub in this process, with ten connections an address."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("HUB_HOME", str(tmp_path_factory.mktemp("home")))
        settings, clock = read_settings(), StandingClock()
        hub = hub_of(all_services(), clock, settings)
        hub.start()
        with serving(embedded_app(settings, hub, clock), settings, address_connections=10) as served:
            yield served


def _long(number: int, length: int) -> str:
    return f"{MARK}{number:05}-".ljust(length, "x")


def _headers(number: int) -> dict[str, str]:
    return {
        "Content-Type": "application/json",
        "Accept": f"application/json, text/{_long(number, 7_000)}",
        "Accept-Language": f"en, {_long(number, 900)}",
        "Origin": f"https://{_long(number, 3_000)}.example",
        "User-Agent": _long(number, 7_000),
        "X-Forwarded-For": f"192.0.2.1, {_long(number, 200)}",
        "Traceparent": _long(number, 2_000),
    }


def _answered(connection: HTTPConnection, body: str, **headers: str) -> int:
    connection.request("POST", "/graphql", body, {"Content-Type": "application/json", **headers})
    response = connection.getresponse()
    response.read()
    return response.status


def held(mark: str) -> int:
    """The bytes of all texts in this process that are longer than a word and hold the mark."""
    gc.collect()
    texts = {
        id(text): len(text)
        for holder in gc.get_objects()
        for text in gc.get_referents(holder)
        if (isinstance(text, str) and mark in text) or (isinstance(text, bytes) and mark.encode() in text)
    }
    return sum(length for length in texts.values() if length > 100)


def test_large_headers_of_hundreds_of_requests_leave_nothing_in_memory(served: Served) -> None:
    connection = served.connection()

    statuses = {_answered(connection, ASK, **_headers(number)) for number in range(REQUESTS)}

    assert statuses == {200}
    assert held(MARK) < HELD_AT_MOST


def test_documents_that_are_remembered_have_a_bound_together(served: Served) -> None:
    connection = served.connection()
    for number in range(60):
        document = "{ __typename } #document-" + "d" * 15_000 + str(number)
        assert _answered(connection, json.dumps({"query": document})) == 200

    assert 15_000 < held("#document-") <= DOCUMENTS_HELD_AT_MOST + 20_000  # and the last one, which is being forgotten


def test_header_without_end_is_cut_off_and_others_are_answered(served: Served) -> None:
    raw = served.raw(GET + b"X-Endless: ")

    gone = raw.say(b"a" * 100 * 2**20)

    assert gone < 16 * 2**20
    assert _answered(served.connection(), ASK) == 200


def test_headers_that_never_end_of_one_address_keep_nobody_else_out(served: Served) -> None:
    slow = [served.raw(GET + b"X-Slow: ", HERE) for _ in range(10)]
    wait_until(lambda: len(served.held) >= len(slow), PATIENCE, "they do not connect")

    one_more, other = served.raw(GET + b"\r\n", HERE), served.raw(GET + b"\r\n", THERE)

    assert one_more.status() == 503
    assert other.status() in {200, 307}  # the console, or the way to where one asks


@pytest.mark.parametrize("shown", ['""', "5", "[]", '{"Bearer": "x"}', '"Bearer a", "authorization": "Bearer b"'])
def test_odd_credentials_on_a_socket_are_forbidden_and_no_incident(served: Served, shown: str) -> None:
    with connect(f"ws://127.0.0.1:{served.port}/graphql", subprotocols=[Subprotocol("graphql-transport-ws")]) as socket:
        socket.send('{"type": "connection_init", "payload": {"Authorization": ' + shown + "}}")
        with pytest.raises(ConnectionClosed) as closed:
            socket.recv(PATIENCE)

    assert closed.value.rcvd
    assert closed.value.rcvd.code == 4403


@pytest.mark.parametrize(
    ("host", "origin", "status"),
    [
        ("127.0.0.1:8000", "http://127.0.0.1:8000", 101),
        ("127.0.0.1:8000", "https://127.0.0.1:8000", 403),
        ("127.0.0.1:8000", "http://evil.example", 403),
        ("evil.example", "http://evil.example", 403),  # a name that a page has made to lead here
        ("evil.example", "http://127.0.0.1:8000", 403),
    ],
)
def test_only_a_page_of_ours_opens_a_socket(served: Served, host: str, origin: str, status: int) -> None:
    said = HANDSHAKE.replace(b"/deaf", b"/graphql").replace(b"Host: hub", f"Host: {host}\r\nOrigin: {origin}".encode())

    assert served.raw(said).read().startswith(f"HTTP/1.1 {status} ".encode())
