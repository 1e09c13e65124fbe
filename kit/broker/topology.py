"""Topology: the exchanges and queues of the hub on RabbitMQ as values; the operator declares them, no process does.

Who may declare may give a queue a dead-letter exchange, and RabbitMQ checks no right when a message dies: so one could send
in another's name (docs/adr/0015).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from kit.broker.amqp import DEAD_EXCHANGE, GATEWAY_EXCHANGE, MESSAGE_EXCHANGE, REPLY_EXCHANGE, RPC_EXCHANGE

EXCHANGES = {
    RPC_EXCHANGE: "topic",
    REPLY_EXCHANGE: "direct",
    MESSAGE_EXCHANGE: "topic",
    DEAD_EXCHANGE: "direct",
    GATEWAY_EXCHANGE: "fanout",
}
DELIVERY_LIMIT = 20
LOOKS = 1_000_000  # how often a dead letter may be looked at: each look is a delivery, and RabbitMQ 4 drops after 20
LONGEST_CALL = 60_000  # ms that a call or its answer lies in a queue: nobody waits longer (HUB_RPC_TIMEOUT)
STREAM_BYTES = 50_000_000
SEGMENT_BYTES = 5_000_000


@dataclass(frozen=True)
class Queue:
    """A durable queue; `bound` holds exchanges and routing keys."""

    name: str
    bound: tuple[tuple[str, str], ...]
    arguments: dict[str, Any] = field(default_factory=dict)


def handler_queue(service: str, method: str, version: int) -> str:
    """The name of a subscriber's queue; the version grows when its arguments change, since RabbitMQ keeps them for ever."""
    return f"{service}.{method}.v{version}"


def rpc_queue(service: str) -> str:
    return f"rpc-{service}.v2"


def dead_queue(queue: str) -> str:
    """Where the messages of a queue go that nobody could read, or that killed their reader DELIVERY_LIMIT times."""
    return f"{queue}.dead"


def reply_queue(number: int) -> str:
    """One of those of which every gateway takes one for itself."""
    return f"gateway.replies.{number}"


def calls_to(service: str) -> Queue:
    """It has no dead letters: who called has gone by the time that anybody looks, and no call may be sent again."""
    return Queue(rpc_queue(service), ((RPC_EXCHANGE, f"{service}.*"),), {"x-message-ttl": LONGEST_CALL})


def replies(count: int) -> Iterator[Queue]:
    for name in map(reply_queue, range(1, count + 1)):
        yield Queue(name, ((REPLY_EXCHANGE, name),), {"x-message-ttl": LONGEST_CALL})


def messages_to(queue: str, types: Iterable[str]) -> Iterator[Queue]:
    """The replicated queue of one subscriber, and that of its dead letters."""
    arguments = {
        "x-queue-type": "quorum",
        "x-delivery-limit": DELIVERY_LIMIT,
        "x-dead-letter-exchange": DEAD_EXCHANGE,
        "x-dead-letter-routing-key": queue,
        "x-dead-letter-strategy": "at-least-once",
        "x-overflow": "reject-publish",
    }
    dead = {"x-queue-type": "quorum", "x-delivery-limit": LOOKS}
    yield Queue(dead_queue(queue), ((DEAD_EXCHANGE, queue),), dead)
    yield Queue(queue, tuple((MESSAGE_EXCHANGE, type_) for type_ in types), arguments)


def stream(name: str, exchange: str, keys: Iterable[str]) -> Queue:
    """What each of many readers hears from the moment that it comes; none of them needs a queue of its own."""
    arguments = {
        "x-queue-type": "stream",
        "x-max-length-bytes": STREAM_BYTES,
        "x-stream-max-segment-size-bytes": SEGMENT_BYTES,
    }
    return Queue(name, tuple((exchange, key) for key in keys), arguments)


def declare(channel: Any, queues: Iterable[Queue]) -> None:
    """Declare the exchanges and these queues, as a user who may; raises amqp.AccessRefused for another."""
    for name, kind in EXCHANGES.items():
        channel.exchange_declare(name, kind, durable=True, auto_delete=False)
    for queue in queues:
        channel.queue_declare(queue.name, durable=True, auto_delete=False, arguments=queue.arguments)
        for exchange, key in queue.bound:
            channel.queue_bind(queue.name, exchange, key)
