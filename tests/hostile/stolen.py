"""Stolen: what somebody does who has the broker password of one process, on a broker with the rights of production."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import amqp
import orjson

from kit.broker.amqp import RPC_EXCHANGE, connect
from kit.broker.topology import reply_queue
from kit.ids import new_id
from kit.wire.signing import Sealed, Signer
from tests.running.processes import wait_until

JSON = "application/json"


@dataclass(frozen=True)
class Call:
    """A call as it lies on the wire."""

    service: str
    method: str
    arguments: dict[str, Any]
    headers: dict[str, Any]
    number: str = field(default_factory=new_id)

    @property
    def body(self) -> bytes:
        return orjson.dumps({"args": [], "kwargs": self.arguments})

    def signed(self, signer: Signer) -> Call:
        sealed = Sealed(self.service, self.method, self.number, self.headers, self.body)
        return replace(self, headers=signer.sign(sealed))


class Thief:
    """Somebody with one user's password."""

    def __init__(self, connection: amqp.Connection) -> None:
        self.channel = connection.channel()

    def send(self, call: Call, exchange: str = RPC_EXCHANGE) -> None:
        properties = {"content_type": JSON, "correlation_id": call.number, "reply_to": reply_queue(1)}
        message = amqp.Message(call.body, application_headers=call.headers, **properties)
        self.put(message, exchange, f"{call.service}.{call.method}")

    def put(self, message: amqp.Message, exchange: str, routing_key: str) -> None:
        """Raises AccessRefused where the broker says no."""
        self.channel.basic_publish(message, exchange, routing_key)
        self.channel.basic_qos(0, 1, False)  # answers only where the channel still stands

    def answer_to(self, call: Call) -> dict[str, Any]:
        """What the gateways' queue holds for this call; only a gateway's user may look there."""
        found: dict[str, Any] = wait_until(lambda: self._next(call), 60, "nothing is answered")
        return found

    def _next(self, call: Call) -> dict[str, Any] | None:
        message = self.channel.basic_get(reply_queue(1), no_ack=True)
        if message is None or message.properties.get("correlation_id") != call.number:
            return None
        found: dict[str, Any] = orjson.loads(message.body)
        return found


@contextmanager
def thief(uri: str) -> Iterator[Thief]:
    with connect(uri, "thief") as connection:
        yield Thief(connection)
