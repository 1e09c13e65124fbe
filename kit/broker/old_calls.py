"""Old calls: the way by which gateways of the last release call, unsigned, for as long as one of them may run.

It is open where HUB_UNSIGNED_CALLS says `accept`. This file goes with the release after this one.
"""

from __future__ import annotations

from typing import Any

from amqp import Connection

from kit.broker import amqp
from kit.broker.topology import dead_queue

OLD_RPC_EXCHANGE = "nameko-rpc"
EXPIRES = 60_000  # ms without a consumer
LOOKS = 1_000_000


def old_queue(service: str) -> str:
    return f"rpc-{service}.v1"


def declare_old_queue(connection: Connection, service: str) -> str:
    """As the last release does it, with the rights that its services have."""
    queue = old_queue(service)
    dead = {"x-dead-letter-exchange": amqp.DEAD_EXCHANGE, "x-dead-letter-routing-key": queue}
    with connection.channel() as channel:
        channel.queue_declare(
            dead_queue(queue),
            durable=True,
            auto_delete=False,
            arguments={"x-queue-type": "quorum", "x-delivery-limit": LOOKS},
        )
        channel.queue_bind(dead_queue(queue), amqp.DEAD_EXCHANGE, queue)
        channel.queue_declare(queue, durable=True, auto_delete=True, arguments={**dead, "x-expires": EXPIRES})
        channel.queue_bind(queue, OLD_RPC_EXCHANGE, f"{service}.*")
    return queue


def reply_exchange(message: Any) -> str:
    """Where the answer to a call goes: back the way it came."""
    old = message.delivery_info["exchange"] == OLD_RPC_EXCHANGE
    return OLD_RPC_EXCHANGE if old else amqp.REPLY_EXCHANGE
