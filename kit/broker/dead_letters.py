"""Dead letters: what RabbitMQ has put aside because nobody could read it, or because it killed its readers."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from amqp import Message, NotFound

from kit.broker import amqp
from kit.broker.topology import dead_queue

MOST = 1000  # letters looked at in one queue


class DiedElsewhere(Exception):  # noqa: N818
    """The broker does not say of a letter that it died in this queue; whoever put it here did not take the usual way."""


@dataclass(frozen=True)
class DeadLetter:
    """One message in the dead-letter queue of `queue`; `id` is a digest of its content, since it may have no id.

    `died_in` is the queue in which the broker says that it died last.
    """

    id: str
    queue: str
    died_in: str
    reason: str
    content_type: str
    headers: dict[str, Any]
    body: bytes


@contextmanager
def _channel(uri: str) -> Iterator[Any]:
    """A channel with confirms; what is neither acked nor rejected on it goes back to its queue."""
    connection = amqp.connect(uri, "hub parked")
    try:
        yield connection.channel()
    finally:
        connection.close()


def dead_letters(uri: str, queues: list[str]) -> list[DeadLetter]:
    """The dead letters of these queues, left where they are."""
    with _channel(uri) as channel:
        return [letter for queue in queues for _, letter in _look(channel, queue)]


def take_dead_letter(uri: str, queues: list[str], letter_id: str, *, back_to_its_queue: bool) -> bool:
    """Remove one dead letter for good, after putting it back into its queue if so wished; False where there is none.

    Raises DiedElsewhere for one that is to go back into a queue from which it has not come.
    """
    with _channel(uri) as channel:
        for queue in queues:
            for message, letter in _look(channel, queue):
                if letter.id == letter_id:
                    if back_to_its_queue:
                        if letter.died_in != queue:
                            raise DiedElsewhere(letter.died_in or "nowhere")
                        channel.basic_publish_confirm(_copy(message), "", queue, confirm_timeout=5)
                    channel.basic_ack(message.delivery_tag)
                    return True
    return False


def _look(channel: Any, queue: str) -> Iterator[tuple[Any, DeadLetter]]:
    for _ in range(MOST):
        try:
            message = channel.basic_get(dead_queue(queue))
        except NotFound:  # nothing was declared for it; py-amqp has opened the channel anew
            return
        if message is None:
            return
        yield message, _letter(queue, message)


def _letter(queue: str, message: Any) -> DeadLetter:
    body = message.body.encode() if isinstance(message.body, str) else bytes(message.body)
    headers = {str(name): value for name, value in (message.headers or {}).items()}
    death = _last_death(headers)
    return DeadLetter(
        id=_digest(headers, body),
        queue=queue,
        died_in=str(death.get("queue", "")),
        reason=str(death.get("reason", "")),
        content_type=str(message.properties.get("content_type", "")),
        headers=headers,
        body=body,
    )


def _last_death(headers: dict[str, Any]) -> dict[str, Any]:
    """What the broker writes in front of whatever a sender may have written there itself."""
    deaths = headers.get("x-death")
    last = deaths[0] if isinstance(deaths, list) and deaths else {}
    return last if isinstance(last, dict) else {}


def _digest(headers: dict[str, Any], body: bytes) -> str:
    """What stays the same each time: the broker's own headers (x-…) change whenever somebody looks."""
    own = sorted(repr(header) for header in headers.items() if not header[0].startswith("x-"))
    return hashlib.sha256(repr(own).encode() + body).hexdigest()[:16]


def _copy(message: Any) -> Any:
    return Message(message.body, **message.properties)
