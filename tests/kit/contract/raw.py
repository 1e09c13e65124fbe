"""Raw: the broker without the kit, to put anything at all on the wire and to look into queues."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import amqp
from kombu import Connection
from kombu.exceptions import OperationalError

from kit.broker.amqp import REPLY_EXCHANGE, RPC_EXCHANGE
from kit.ids import new_id
from kit.wire.signing import Sealed, Signer
from tests.kit.contract.waiting import LONGEST


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
        channel.basic_publish_confirm(message, exchange, routing_key, mandatory=True, confirm_timeout=60)


def looked_at(uri: str, queue: str) -> tuple[int, int]:
    """How many messages lie ready in a queue, and how many consumers it has; (0, 0) where there is none."""
    with raw_channel(uri) as channel:
        try:
            found = channel.queue_declare(queue, passive=True)
        except (amqp.exceptions.NotFound, OperationalError):
            return 0, 0
        return found.message_count, found.consumer_count


def signed(signer: Signer, routing_key: str, body: bytes, headers: dict[str, Any]) -> dict[str, Any]:
    """The properties of a call as a gateway signs it, from the facts in its headers."""
    service, _, method = routing_key.partition(".")
    number = new_id()
    facts = {"hub.deadline": repr(time.time() + LONGEST), **headers}
    return {
        "content_type": "application/json",
        "correlation_id": number,
        "application_headers": signer.sign(Sealed(service, method, number, facts, body)),
    }


def answers_to(
    uri: str, signer: Signer, routing_key: str, bodies: list[str], headers: dict[str, Any]
) -> list[dict[str, Any]]:
    """What is answered to these calls, signed and sent at once with the same headers; waits for as many answers."""
    answers: list[dict[str, Any]] = []
    with raw_channel(uri) as channel:
        queue = channel.queue_declare("", exclusive=True).queue
        channel.queue_bind(queue, REPLY_EXCHANGE, queue)
        channel.basic_consume(queue, no_ack=True, callback=lambda message: answers.append(json.loads(message.body)))
        for body in bodies:
            call = amqp.Message(body, reply_to=queue, **signed(signer, routing_key, body.encode(), headers))
            channel.basic_publish(call, RPC_EXCHANGE, routing_key)
        while len(answers) < len(bodies):
            channel.connection.drain_events(timeout=LONGEST)
    return answers
