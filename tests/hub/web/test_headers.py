"""What comes in before it is a request is bounded in length and in time, and refused in words."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from tests.hub.web.serving import GET, PATIENCE, Raw, Served, asked, served_with
from tests.running.processes import wait_until

HUNDRED_MEGABYTES = 100 * 2**20
TAKEN_AT_MOST = 16 * 2**20  # what the systems of both sides hold between them, and a piece that was read


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    with served_with() as served:
        yield served


@pytest.fixture(scope="module")
def hasty() -> Iterator[Served]:
    """A server that waits a quarter of a second for headers."""
    with served_with(header_seconds=0.25) as served:
        yield served


def _code(raw: Raw) -> tuple[int, str]:
    head, _, body = raw.rest().partition(b"\r\n\r\n")
    assert b"connection: close" in head
    return int(head.split()[1]), json.loads(body)["errors"][0]["extensions"]["code"]


def _headers(count: int, length: int) -> bytes:
    return b"".join(b"X-%03d: %s\r\n" % (number, b"a" * (length - 5)) for number in range(count))


@pytest.mark.parametrize("headers", [_headers(99, 20), _headers(1, 8000), _headers(4, 7000)])
def test_headers_within_the_bounds_are_read(served: Served, headers: bytes) -> None:
    assert served.raw(GET + headers + b"\r\n").status() == 200


@pytest.mark.parametrize(
    ("said", "refused"),
    [
        (GET + _headers(100, 20) + b"\r\n", (431, "HEADERS_TOO_LARGE")),
        (GET + _headers(1, 8001) + b"\r\n", (431, "HEADERS_TOO_LARGE")),
        (GET + _headers(9, 7000) + b"\r\n", (431, "HEADERS_TOO_LARGE")),
        (GET + b"X" * 50_000 + b": a\r\n\r\n", (431, "HEADERS_TOO_LARGE")),
        (b"GET /" + b"a" * 50_000 + b" HTTP/1.1\r\nHost: hub\r\n\r\n", (414, "URI_TOO_LONG")),
        (b"\r\n" * 50_000, (431, "HEADERS_TOO_LARGE")),
        (b"\x16\x03\x01 this is TLS", (400, "NOT_HTTP")),
    ],
)
def test_what_passes_a_bound_is_refused_in_words(served: Served, said: bytes, refused: tuple[int, str]) -> None:
    assert _code(served.raw(said)) == refused


def test_header_of_a_hundred_megabytes_is_cut_off_early(served: Served) -> None:
    raw = served.raw(GET + b"X-Endless: ")

    gone = raw.say(b"a" * HUNDRED_MEGABYTES)

    assert gone < TAKEN_AT_MOST


@pytest.mark.parametrize("endless", [b"0\r\nX-Trailer: ", b"5;extension=", b"0" * 64])
def test_what_surrounds_a_body_is_cut_off_early(served: Served, endless: bytes) -> None:
    raw = served.raw(b"POST /slow HTTP/1.1\r\nHost: hub\r\nTransfer-Encoding: chunked\r\n\r\n" + endless)

    gone = raw.say(b"a" * HUNDRED_MEGABYTES)

    assert gone < TAKEN_AT_MOST


def test_requests_that_are_sent_ahead_are_few(served: Served) -> None:
    raw = served.raw(b"GET /slow HTTP/1.1\r\nHost: hub\r\n\r\n" + (GET + b"\r\n") * 5_000)

    assert raw.rest() == b""  # the answer to the first one is under way, so nothing else can be said


def test_headers_that_do_not_arrive_in_time_are_refused(hasty: Served) -> None:
    assert _code(hasty.raw(GET + b"X-Slow: ")) == (408, "HEADERS_TOO_SLOW")


def test_each_byte_does_not_prolong_the_time_for_headers(hasty: Served) -> None:
    raw = hasty.raw(GET + b"X-Slow: ")

    wait_until(lambda: raw.say(b"a") == 0, PATIENCE, "it listens for ever")


def test_connection_on_which_nothing_is_said_ends_without_a_word(hasty: Served) -> None:
    assert hasty.raw().rest() == b""


def test_what_is_sent_ahead_in_part_does_not_end_the_answer_under_way(hasty: Served) -> None:
    raw = hasty.raw(b"GET /slow HTTP/1.1\r\nHost: hub\r\n\r\n" + GET)
    assert hasty.come.wait(PATIENCE)
    hasty.raw(GET).rest()  # so long headers may take
    hasty.gate.set()

    assert raw.status() == 200


def test_rest_of_a_body_that_nobody_waits_for_ends_the_connection(hasty: Served) -> None:
    raw = hasty.raw(b"POST / HTTP/1.1\r\nHost: hub\r\nContent-Length: 100\r\n\r\n")
    assert raw.status() == 200

    assert raw.rest() == b""


@pytest.mark.parametrize("before", [GET + b"\r\n", b"\r\n\r\n" + GET + b"\r\n", GET + b"\r\n\r\n\r\n"])
def test_connection_that_has_been_answered_rests_longer_than_headers_may_take(hasty: Served, before: bytes) -> None:
    raw = hasty.raw(before)
    assert raw.status() == 200
    silent = hasty.raw()
    silent.rest()  # so long headers may take

    raw.say(GET + b"\r\n")

    assert raw.status() == 200


def test_body_in_pieces_and_what_follows_it_are_read(served: Served) -> None:
    raw = served.raw(b"POST / HTTP/1.1\r\nHost: hub\r\nContent-Length: 300000\r\n\r\n")
    assert raw.status() == 200

    raw.say(bytes(300_000))
    raw.say(GET + b"\r\n")

    assert raw.status() == 200
    assert asked(served.connection()).status == 200
