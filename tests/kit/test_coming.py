"""Coming: what comes for a handler is taken in its order, so many together, and acked together; what comes again comes alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from kit.broker.coming import Coming
from kit.wire.envelope import Envelope
from tests.kit.things import an_envelope

MOST = 3


class Channel:
    """Notes what it is told; `broken` is one whose connection is gone."""

    def __init__(self, *, broken: bool = False) -> None:
        self.told: list[tuple[Any, ...]] = []
        self._broken = broken

    def basic_ack(self, tag: int, *, multiple: bool) -> None:
        self._tell("ack", tag, multiple)

    def basic_reject(self, tag: int, *, requeue: bool) -> None:
        self._tell("reject", tag, requeue)

    def _tell(self, *what: Any) -> None:
        if self._broken:
            raise ConnectionResetError
        self.told.append(what)


class Message:
    def __init__(self, channel: Channel, tag: int, *, again: bool) -> None:
        self.channel, self.delivery_tag, self.delivery_info = channel, tag, {"redelivered": again}


class Handling:
    """The batches that were begun, by the versions of their messages; `end` ends the last one."""

    def __init__(self, channel: Channel) -> None:
        self.batches: list[list[int]] = []
        self.coming = Coming(MOST, self._begin)
        self._channel = channel

    def _begin(self, envelopes: Sequence[Envelope], ended: Callable[..., object]) -> None:
        self.batches.append([envelope.version for envelope in envelopes])
        self._ended = ended

    def come(self, *tags: int, again: bool = False) -> None:
        for tag in tags:
            self.coming.add(Message(self._channel, tag, again=again), an_envelope(version=tag))

    def end(self, written_down: bool | None = True, exc_info: object = None) -> None:
        self._ended(None, written_down, exc_info)


@pytest.fixture
def channel() -> Channel:
    return Channel()


@pytest.fixture
def handling(channel: Channel) -> Handling:
    return Handling(channel)


def test_what_comes_while_one_batch_is_handled_is_the_next_and_is_acked_together(
    handling: Handling, channel: Channel
) -> None:
    handling.come(1, 2, 3, 4, 5)
    for _ in range(3):
        handling.end()
    handling.come(6)

    assert handling.batches == [[1], [2, 3, 4], [5], [6]]
    assert channel.told == [("ack", 1, True), ("ack", 4, True), ("ack", 5, True)]


def test_what_comes_again_is_taken_alone_so_that_what_kills_takes_nobody_with_it(handling: Handling) -> None:
    handling.come(1, 2, 3)
    handling.come(4, 5, again=True)
    handling.come(6, 7)
    for _ in range(4):
        handling.end()

    assert handling.batches == [[1], [2, 3], [4], [5], [6, 7]]


def test_what_ended_its_reader_is_given_back_and_the_next_are_taken(handling: Handling, channel: Channel) -> None:
    handling.come(1, 2, 3)
    handling.end()
    handling.come(4)

    handling.end(None, (ValueError, ValueError(), None))

    assert channel.told == [("ack", 1, True), ("reject", 2, True), ("reject", 3, True)]
    assert handling.batches == [[1], [2, 3], [4]]


def test_where_nothing_could_be_written_down_before_the_stop_nothing_is_acked_and_no_more_is_begun(
    handling: Handling, channel: Channel
) -> None:
    handling.come(1, 2)

    handling.end(written_down=False)

    assert (channel.told, handling.batches) == ([], [[1]])


def test_what_waits_behind_a_lost_connection_is_left_to_come_again() -> None:
    handling = Handling(Channel(broken=True))
    handling.come(1, 2)

    handling.end()

    assert handling.batches == [[1]]
