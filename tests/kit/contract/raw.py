"""Raw: the broker without the kit, to put anything at all on the wire and to look into queues."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import amqp
from kombu import Connection
from kombu.exceptions import OperationalError


@contextmanager
def raw_channel(uri: str) -> Iterator[Any]:
    """A channel of py-amqp with nothing in between."""
    connection = Connection(uri)
    try:
        yield connection.default_channel
    finally:
        connection.close()


def put(uri: str, body: bytes | str, *, routing_key: str, exchange: str = "", **properties: Any) -> None:
    """Publish one message and wait for the broker to have it."""
    with raw_channel(uri) as channel:
        message = amqp.Message(body, **properties)
        channel.basic_publish_confirm(message, exchange, routing_key, mandatory=True, confirm_timeout=10)


def looked_at(uri: str, queue: str) -> tuple[int, int]:
    """How many messages lie ready in a queue, and how many consumers it has; (0, 0) where there is none."""
    with raw_channel(uri) as channel:
        try:
            found = channel.queue_declare(queue, passive=True)
        except (amqp.exceptions.NotFound, OperationalError):
            return 0, 0
        return found.message_count, found.consumer_count
