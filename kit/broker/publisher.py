"""Publisher: takes batches of messages to RabbitMQ and returns once the broker has confirmed every one of them."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

from amqp import AccessRefused, Connection, PreconditionFailed
from amqp.exceptions import ContentTooLarge

from kit.broker import amqp
from kit.broker.bus import NotTaken, Unavailable
from kit.wire.envelope import Envelope, to_amqp

PERSISTENT = 2
_REFUSED = (AccessRefused, PreconditionFailed, ContentTooLarge)
"""What RabbitMQ says of one message: no right to its routing key; larger than `max_message_size`."""


class AmqpPublisher:
    """One connection, used by one relay. Nothing here waits longer than `timeout` seconds, whatever the broker does."""

    system = "rabbitmq"

    def __init__(self, uri: str, timeout: float) -> None:
        self._uri = uri
        self._timeout = timeout
        self._connection: Connection | None = None
        self._channel: Any = None
        self._unconfirmed: set[int] = set()
        self._refused = False
        self._last_tag = 0

    def publish(self, envelopes: Sequence[Envelope]) -> None:
        """Publish all, then wait for all confirms; see Publisher.publish."""
        deadline = time.monotonic() + self._timeout
        try:
            channel = self._open()
            for envelope in envelopes:
                self._send(channel, envelope)
            self._await_confirms(deadline)
        except _REFUSED as error:
            self.close()
            raise NotTaken(f"{type(error).__name__}: {error}"[:500]) from error
        except amqp.BROKEN as error:
            self.close()
            raise Unavailable(f"publishing failed: {type(error).__name__}") from error
        if self._refused:
            self.close()
            raise NotTaken("the broker has no room for it", later=True)

    def _open(self) -> Any:
        if self._connection is None:
            self._connection = amqp.connect(self._uri, "relay")
            self._connection.transport.sock.settimeout(self._timeout)
            self._channel = self._connection.channel()
            self._channel.confirm_select()
            self._channel.events["basic_ack"].add(self._confirmed)
            self._channel.events["basic_nack"].add(self._nacked)
            self._unconfirmed, self._refused, self._last_tag = set(), False, 0
        return self._channel

    def _send(self, channel: Any, envelope: Envelope) -> None:
        body, content_type, headers = to_amqp(envelope)
        self._last_tag += 1
        self._unconfirmed.add(self._last_tag)
        amqp.publish(
            channel,
            body,
            exchange=amqp.MESSAGE_EXCHANGE,
            routing_key=envelope.type,
            content_type=content_type,
            application_headers=headers,
            delivery_mode=PERSISTENT,
            message_id=envelope.id,
        )

    def _await_confirms(self, deadline: float) -> None:
        assert self._connection is not None
        while self._unconfirmed:
            self._connection.drain_events(timeout=max(0.001, deadline - time.monotonic()))

    def _confirmed(self, tag: int, multiple: bool) -> None:
        done = {waiting for waiting in self._unconfirmed if waiting <= tag} if multiple else {tag}
        self._unconfirmed -= done

    def _nacked(self, tag: int, multiple: bool) -> None:
        self._refused = True
        self._confirmed(tag, multiple)

    def close(self) -> None:
        if self._connection is not None:
            amqp.abandon(self._connection)
        self._connection = self._channel = None
