"""Dead letters: what RabbitMQ has put aside because nobody could read it, or because it killed its readers."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from amqp import Message

from kit.broker import amqp

MOST = 1000  # letters looked at in one queue


@dataclass(frozen=True)
class DeadLetter:
    """One message in the dead-letter queue of `queue`; `id` is a digest of its content, since it may have no id."""

    id: str
    queue: str
    reason: str
    content_type: str
    headers: dict[str, Any]
    body: bytes


@contextmanager
def _channel(uri: str) -> Iterator[Any]:
    """A channel with confirms; what is neither acked nor rejected on it goes back to its queue."""
    connection = amqp.connect(uri, "hub parked")
    try:
        amqp.declare_exchanges(connection)
        yield connection.channel()
    finally:
        connection.close()


def dead_letters(uri: str, queues: list[str]) -> list[DeadLetter]:
    """The dead letters of these queues, left where they are."""
    with _channel(uri) as channel:
        return [letter for queue in queues for _, letter in _look(channel, queue)]


def take_dead_letter(uri: str, queues: list[str], letter_id: str, *, back_to_its_queue: bool) -> bool:
    """Remove one dead letter for good, after putting it back into its queue if so wished; False where there is none."""
    with _channel(uri) as channel:
        for queue in queues:
            for message, letter in _look(channel, queue):
                if letter.id == letter_id:
                    if back_to_its_queue:
                        channel.basic_publish_confirm(_copy(message), "", queue, confirm_timeout=5)
                    channel.basic_ack(message.delivery_tag)
                    return True
    return False


def _look(channel: Any, queue: str) -> Iterator[tuple[Any, DeadLetter]]:
    amqp.declare_dead_queue(channel, queue)  # a service that has never run has none yet
    for _ in range(MOST):
        message = channel.basic_get(amqp.dead_queue(queue))
        if message is None:
            return
        yield message, _letter(queue, message)


def _letter(queue: str, message: Any) -> DeadLetter:
    body = message.body.encode() if isinstance(message.body, str) else bytes(message.body)
    headers = {str(name): value for name, value in (message.headers or {}).items()}
    death = (headers.get("x-death") or [{}])[0]
    return DeadLetter(
        id=_digest(headers, body),
        queue=queue,
        reason=str(death.get("reason", "")),
        content_type=str(message.properties.get("content_type", "")),
        headers=headers,
        body=body,
    )


def _digest(headers: dict[str, Any], body: bytes) -> str:
    """What stays the same each time: the broker's own headers (x-…) change whenever somebody looks."""
    own = sorted(repr(header) for header in headers.items() if not header[0].startswith("x-"))
    return hashlib.sha256(repr(own).encode() + body).hexdigest()[:16]


def _copy(message: Any) -> Any:
    return Message(message.body, **message.properties)
