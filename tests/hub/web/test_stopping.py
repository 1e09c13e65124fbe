"""The server stops, and rests between requests, so that no request on a connection that stands goes without an answer."""

from __future__ import annotations

import signal
from collections.abc import Iterator

import pytest

from tests.hub.web.serving import PATIENCE, Served, asked, served_with
from tests.running.processes import wait_until

LONGEST_REST_OF_OTHERS = 3600  # seconds: Envoy, our edge, is the most patient of those who send requests


@pytest.fixture
def served() -> Iterator[Served]:
    with served_with() as served:
        yield served


def test_request_on_a_connection_that_stands_is_answered_while_the_server_stops(served: Served) -> None:
    connection = served.connection()
    assert asked(connection).headers["connection"] is None

    served.stop()
    last = asked(connection)

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
    asked(connection)
    served.server.farewell = 0.0 if number == signal.SIGTERM else float("inf")

    served.stop(signal.Signals(number))

    assert connection.sock.recv(1) == b""


def test_connection_rests_longer_than_those_who_send_requests_let_it(served: Served) -> None:
    asked(served.connection())
    (connection,) = served.server.server_state.connections

    closing = wait_until(lambda: connection.timeout_keep_alive_task, PATIENCE, "it rests for ever")  # type: ignore[union-attr]

    assert closing.when() - connection.loop.time() > LONGEST_REST_OF_OTHERS  # type: ignore[union-attr]
