"""Presence: who has just come up is called at once; who is there is not asked for with each call."""

from __future__ import annotations

import asyncio
from typing import Any

import amqp.spec

from gateway.presence import Presence
from kit.broker.topology import rpc_queue

QUEUE = rpc_queue("alliances")


class Channel:
    """A broker that says how many consumers the queue has, when it is told to; `asked` counts how often it was asked."""

    def __init__(self) -> None:
        self._callbacks: dict[Any, Any] = {}
        self.asked = 0

    def send_method(self, method: Any, *_: Any) -> None:
        assert method == amqp.spec.Queue.Declare
        self.asked += 1

    def say(self, consumers: int) -> None:
        self._callbacks[amqp.spec.Queue.DeclareOk](QUEUE, 0, consumers)


async def _asked(presence: Presence, channel: Channel, consumers: int) -> list[int]:
    """What two calls are told that come together."""
    calls = [asyncio.ensure_future(presence.consumers("alliances")) for _ in range(2)]
    await asyncio.sleep(0)
    channel.say(consumers)
    return await asyncio.gather(*calls)


async def test_a_service_that_has_just_come_up_is_called_before_anybody_looks_again() -> None:
    presence, channel = Presence(), Channel()
    presence.attach(channel)
    assert await _asked(presence, channel, 0) == [0, 0]

    assert await _asked(presence, channel, 1) == [1, 1]

    assert channel.asked == 2  # once for both calls, each time


async def test_a_service_that_is_there_is_not_asked_for_with_each_call() -> None:
    presence, channel = Presence(), Channel()
    presence.attach(channel)
    await _asked(presence, channel, 1)

    assert [await presence.consumers("alliances") for _ in range(3)] == [1, 1, 1]
    assert channel.asked == 1


async def test_whoever_has_gone_is_known_to_be_gone_by_the_next_look() -> None:
    presence, channel = Presence(), Channel()
    presence.attach(channel)
    await _asked(presence, channel, 1)

    presence.look()
    channel.say(0)

    assert await _asked(presence, channel, 0) == [0, 0]
