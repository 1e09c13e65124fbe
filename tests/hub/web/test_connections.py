"""Connections are bounded in all and for one address; whoever rests makes room, and whoever takes nothing in is let go."""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator

import pytest

from hub.web.metrics import REFUSED
from hub.web.server import OTHER_FILES, have_files_for
from tests.hub.web.serving import GET, LARGE, PATIENCE, Raw, Served, served_with
from tests.running.processes import wait_until

SLOW = b"GET /slow HTTP/1.1\r\nHost: hub\r\n\r\n"
AT_ONCE = GET + b"\r\n"
HANDSHAKE = (
    b"GET /deaf HTTP/1.1\r\nHost: hub\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
    b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
)
SLOWLY = 0.6  # seconds, of which a client on a busy machine may well rest some
HERE, THERE, PROXY = "127.0.0.2", "127.0.0.3", "127.0.0.1"


@pytest.fixture
def narrow() -> Iterator[Served]:
    """A server of four places, two for an address."""
    with served_with(connections=4, address_connections=2) as served:
        yield served


def _refused(raw: Raw) -> bool:
    answer = raw.rest()
    return answer.startswith(b"HTTP/1.1 503") and b"\r\nretry-after: 5\r\n" in answer


def _welcome(raw: Raw) -> bool:
    raw.say(AT_ONCE)
    return raw.status() == 200


def _held(served: Served, said: bytes, address: str) -> Raw:
    """A connection that is in use."""
    before = len(served.held)
    raw = served.raw(said, address)
    wait_until(lambda: len(served.held) > before, PATIENCE, "it does not connect")
    return raw


def test_one_address_has_its_own_bound(narrow: Served) -> None:
    for said in (SLOW, HANDSHAKE):
        _held(narrow, said, HERE)

    assert _refused(narrow.raw(AT_ONCE, HERE))
    assert _welcome(narrow.raw(address=THERE))


def test_proxy_brings_many_people(narrow: Served) -> None:
    for _ in range(3):
        _held(narrow, SLOW, PROXY)

    assert _welcome(narrow.raw(address=PROXY))


def test_full_server_refuses_and_says_when_to_come_again(narrow: Served) -> None:
    for address in (HERE, HERE, THERE, PROXY):
        _held(narrow, SLOW, address)

    assert _refused(narrow.raw(AT_ONCE, PROXY))


def test_stranger_that_has_rested_longest_makes_room(narrow: Served) -> None:
    proxy, first, second = (_held(narrow, b"", address) for address in (PROXY, HERE, HERE))
    assert all(_welcome(raw) for raw in (proxy, first, second))
    _held(narrow, SLOW, THERE)

    assert _welcome(narrow.raw(address=THERE))
    assert first.rest() == b""
    assert all(_welcome(raw) for raw in (proxy, second))


def test_place_is_free_again_when_a_connection_ends(narrow: Served) -> None:
    held = [_held(narrow, SLOW, HERE) for _ in range(2)]
    held[0].close()
    wait_until(lambda: len(narrow.held) == 1, PATIENCE, "its place is not free")

    assert _welcome(narrow.raw(address=HERE))


def test_client_that_takes_nothing_in_is_let_go() -> None:
    with served_with(send_seconds=0.2) as served:
        raw = served.raw()
        assert _welcome(raw)  # it is held from here on, however soon it is let go

        raw.say(b"GET /large HTTP/1.1\r\nHost: hub\r\n\r\n")

        wait_until(lambda: not served.held, PATIENCE, "its answer is held for ever")


def test_client_that_takes_in_slowly_gets_all() -> None:
    with served_with(send_seconds=SLOWLY) as served:
        raw, taken = served.raw(b"GET /large HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n\r\n"), 0

        until = time.monotonic() + 2.5 * SLOWLY  # it is looked at twice meanwhile, and has taken much each time
        while piece := raw.read(2**20):
            taken += len(piece)
            if time.monotonic() < until:
                time.sleep(SLOWLY / 100)

        assert taken > LARGE


def test_process_may_open_a_file_for_each_connection() -> None:
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (256, before[1]))
        have_files_for(800)

        assert resource.getrlimit(resource.RLIMIT_NOFILE) == (min(800 + OTHER_FILES, before[1]), before[1])
        have_files_for(10)
        assert resource.getrlimit(resource.RLIMIT_NOFILE)[0] >= 800
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)


def test_what_is_refused_is_counted(narrow: Served) -> None:
    before = REFUSED.labels("HEADERS_TOO_LARGE")._value.get()

    assert narrow.raw(GET + b"X: " + b"a" * 9_000 + b"\r\n\r\n").status() == 431

    assert REFUSED.labels("HEADERS_TOO_LARGE")._value.get() == before + 1


def test_nobody_is_told_what_serves(narrow: Served) -> None:
    connection = narrow.connection()
    connection.request("GET", "/")

    assert connection.getresponse().headers["server"] is None


@pytest.mark.parametrize(
    ("address", "known"), [(PROXY, b"https 198.51.100.7"), (HERE, f"http {HERE}".encode())], ids=["proxy", "stranger"]
)
def test_only_a_proxy_is_believed_whose_request_it_brings(narrow: Served, address: str, known: bytes) -> None:
    said = b"GET /who HTTP/1.1\r\nHost: hub\r\nConnection: close\r\nX-Forwarded-Proto: https\r\n"

    answer = narrow.raw(said + b"X-Forwarded-For: 203.0.113.9, 198.51.100.7\r\n\r\n", address).rest()

    assert answer.endswith(known)  # what a client wrote itself stands before what the proxy has seen
