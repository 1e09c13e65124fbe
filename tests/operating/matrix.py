"""Matrix: tries everything that a user of RabbitMQ could do, and says what the broker let through."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

import amqp

from contracts.base import Message
from gateway.amqp_wire import LIVE_STREAM, TOLD_STREAM
from hub.parked import queues_of
from hub.permissions import GATEWAY
from hub.services import service_class
from hub.topology import whole
from kit.broker.amqp import DEAD_EXCHANGE, GATEWAY_EXCHANGE, MESSAGE_EXCHANGE, REPLY_EXCHANGE, RPC_EXCHANGE
from kit.broker.topology import EXCHANGES, rpc_queue
from kit.calls.rpc import Rpc
from kit.process.runtime import entrypoints
from kit.settings import SERVICES

REPLY_QUEUES = 2
UUID = "01a20000-0000-7000-8000-000000000000"
NOBODYS_QUEUE = "stranger.v1"
STRANGE = ["", "#", "*", "projects", "projects.", "unknown.type", "notify.announce.v1", UUID.upper()]
EVERYBODYS = ("amq.topic", "amq.direct", "amq.fanout")
"""Exchanges that RabbitMQ makes in every virtual host."""


@dataclass(frozen=True)
class Try:
    """What was tried: an action on a thing, with a routing key where there is one."""

    user: str
    action: str
    thing: str
    key: str = ""


@cache
def declared() -> frozenset[Try]:
    """All that the architecture declares, told from the code that does it and not from the permissions.

    The gateway calls every method of every service, takes answers, hears what goes to open pages, and tells its replicas
    what was spent. A service takes its own
    calls and the messages of its handlers, answers gateways, and says its own messages. Nobody declares, binds or deletes.
    """
    allowed = {
        Try(GATEWAY, "consume", queue.name) for queue in whole(REPLY_QUEUES) if queue.name.startswith("gateway.")
    }
    allowed |= {
        Try(GATEWAY, "publish", GATEWAY_EXCHANGE, key) for key in keys_at(GATEWAY_EXCHANGE)
    }  # keys are not looked at
    for service in SERVICES:
        methods = [f"{service}.{name}" for name, _ in entrypoints(service_class(service), Rpc)]
        allowed |= {Try(GATEWAY, "publish", RPC_EXCHANGE, method) for method in methods}
        said = [type_ for type_ in Message.known() if type_.startswith(f"{service}.")]
        allowed |= {Try(service, "publish", MESSAGE_EXCHANGE, type_) for type_ in said}
        allowed |= {Try(service, "publish", REPLY_EXCHANGE, key) for key in keys_at(REPLY_EXCHANGE)}
        allowed |= {Try(service, "consume", queue) for queue in (rpc_queue(service), *queues_of(service))}
    return frozenset(allowed)


@cache
def keys_at(exchange: str) -> list[str]:
    """Every routing key that means something to somebody, and some that mean nothing; queues where it is not checked."""
    methods = [f"{name}.{method}" for name in SERVICES for method, _ in entrypoints(service_class(name), Rpc)]
    bindings = [f"{name}.*" for name in SERVICES]
    queues = [queue.name for queue in whole(REPLY_QUEUES)]
    if exchange in EVERYBODYS:
        return [queues[0]]
    return (
        [*methods, *bindings, *Message.known(), *queues, UUID, *STRANGE]
        if EXCHANGES.get(exchange) == "topic"
        else queues
    )


class User:
    """One user's connection; where the broker says no it closes the channel."""

    def __init__(self, name: str, connection: amqp.Connection) -> None:
        self.name = name
        self._channel = connection.channel()
        self.tries = 0

    def allowed(self) -> Iterator[Try]:
        """Everything that this user may do with the exchanges and queues of the hub."""
        yield from self._with_exchanges()
        queues = [queue.name for queue in whole(REPLY_QUEUES)]
        for queue in (*queues, NOBODYS_QUEUE):
            yield from self._tried("consume", queue, [""], lambda thing, _: self._consume(thing))
            for action, do in self._owners().items():
                yield from self._tried(action, queue, [""], do)

    def _with_exchanges(self) -> Iterator[Try]:
        for exchange in ("", *EXCHANGES, *EVERYBODYS):
            yield from self._tried("publish", exchange, keys_at(exchange), self._publish)
        for exchange in EXCHANGES:
            for queue in (rpc_queue(SERVICES[0]), queues_of("notify")[0]):
                yield from self._tried(
                    f"bind {queue}", exchange, ["#"], lambda thing, key, queue=queue: self._bind(queue, thing, key)
                )
            yield from self._tried(
                "delete", exchange, [""], lambda thing, _: self._channel.exchange_delete(thing, True)
            )
        yield from self._tried("make", "exchange", [""], lambda *_: self._channel.exchange_declare("mine", "fanout"))

    def _owners(self) -> dict[str, Callable[[str, str], Any]]:
        """What only the operator does with a queue."""
        diverted = {"x-dead-letter-exchange": RPC_EXCHANGE, "x-dead-letter-routing-key": "alliances.grant_role"}
        return {
            "declare": lambda queue, _: self._channel.queue_declare(queue, durable=True),
            "divert": lambda queue, _: self._channel.queue_declare(f"{queue}.mine", arguments=diverted),
            "delete": lambda queue, _: self._channel.queue_delete(queue, if_unused=True, if_empty=True),
            "unbind": lambda queue, _: self._channel.queue_unbind(queue, DEAD_EXCHANGE, queue),
        }

    def _bind(self, queue: str, exchange: str, key: str) -> None:
        self._channel.queue_bind(queue, exchange, key)

    def _publish(self, exchange: str, key: str) -> None:
        self._channel.basic_publish(amqp.Message(""), exchange, key)

    def _consume(self, queue: str) -> None:
        if queue in {LIVE_STREAM, TOLD_STREAM}:
            self._channel.basic_qos(0, 1, False)
            tag = self._channel.basic_consume(queue, callback=_leave, arguments={"x-stream-offset": "next"})
        else:
            tag = self._channel.basic_consume(queue, callback=_leave)
        self._channel.basic_cancel(tag)

    def _tried(self, action: str, thing: str, keys: Iterable[str], do: Callable[[str, str], Any]) -> Iterator[Try]:
        for key in keys:
            self.tries += 1
            with self._refusable() as refused:
                do(thing, key)
                self._channel.basic_qos(0, 1, False)  # answers only where the channel still stands
            if not refused:
                yield Try(self.name, action, thing, key)

    @contextmanager
    def _refusable(self) -> Iterator[list[str]]:
        refused: list[str] = []
        try:
            yield refused
        except amqp.AccessRefused as error:
            refused.append(str(error))  # py-amqp has opened the channel anew
        except amqp.NotFound:
            refused.append("there is none")
        except amqp.PreconditionFailed:
            pass  # allowed, and not done: the queue or exchange is in use


def _leave(_message: Any) -> None:
    """What was delivered goes back when the channel ends."""
