"""Reply queue: one of those that the operator has declared for answers, taken by one gateway while it is connected."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from amqp import AccessRefused

from kit.broker.topology import reply_queue


def take_reply_queue(channel: Any, count: int, on_reply: Callable[[Any], None]) -> str:
    """The name of the first that nobody has; the broker gives it back when the connection ends. Raises AccessRefused."""
    for number in range(1, count + 1):
        name = reply_queue(number)
        try:
            channel.basic_consume(name, no_ack=True, exclusive=True, callback=on_reply)
        except AccessRefused:  # another gateway has it, and py-amqp has opened the channel anew
            continue
        return name
    raise AccessRefused(f"all {count} reply queues are taken: HUB_REPLY_QUEUES")
