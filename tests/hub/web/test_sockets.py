"""A WebSocket makes the server hold little, whatever its client sends or does not read."""

from __future__ import annotations

import struct
from collections.abc import Iterator

import pytest

from tests.hub.web.serving import PATIENCE, Raw, Served, served_with
from tests.hub.web.test_connections import HANDSHAKE
from tests.running.processes import wait_until

PING, CONTINUED, TEXT, FINAL = 0x89, 0x00, 0x01, 0x80
PIECES = 20_000
HELD_AT_MOST = 2**20  # bytes


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    with served_with() as served:
        yield served


def _frame(kind: int, said: bytes = b"") -> bytes:
    """A frame, masked by zeroes."""
    return struct.pack("!BB", kind, 0x80 | len(said)) + bytes(4) + said


def _deaf(served: Served) -> Raw:
    """A socket whose application takes nothing in."""
    raw = served.raw(HANDSHAKE)
    assert raw.read().startswith(b"HTTP/1.1 101")
    assert served.come.wait(PATIENCE)
    return raw


def test_pings_of_a_client_that_reads_nothing_pile_up_no_answers() -> None:
    with served_with() as served:
        raw = _deaf(served)
        (connection,) = served.held

        raw.say(_frame(PING, bytes(125)) * 80_000 + _frame(FINAL | TEXT, b"last"))  # 10 MB

        wait_until(lambda: not connection.queue.empty(), PATIENCE, "it has not read all")
        assert connection.transport.get_write_buffer_size() < HELD_AT_MOST


def test_message_in_endless_pieces_ends_the_socket() -> None:
    with served_with() as served:
        raw = _deaf(served)

        raw.say(_frame(TEXT) + _frame(CONTINUED) * PIECES)

        assert struct.pack("!H", 1009) in raw.rest()


@pytest.mark.parametrize(
    ("before", "after", "status"),
    [
        (b"GET /deaf", b"POST /deaf", b"400"),
        (b"GET /deaf", b"GET /deaf?" + b"a" * 9_000, b"414"),
        (b"AAAAAAAAAAAAAAAAAAAAAA==", b"no key", b"400"),
        (b"Version: 13", b"Version: 8", b"400"),
        (b"Host: hub", b"Host: hub\r\nX-\xff: a", b"400"),
    ],
)
def test_odd_handshake_is_answered_and_ends(served: Served, before: bytes, after: bytes, status: bytes) -> None:
    assert served.raw(HANDSHAKE.replace(before, after)).rest().startswith(b"HTTP/1.1 " + status)


def test_handshake_in_the_middle_of_another_answer_ends_the_connection(served: Served) -> None:
    raw = served.raw(b"GET /slow HTTP/1.1\r\nHost: hub\r\n\r\n" + HANDSHAKE)

    assert raw.rest() == b""
