"""Matrix: tries everything that a user of RabbitMQ could do, and says what the broker let through."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

import amqp

from contracts.base import Message
from gateway.app import LIVE
from hub.broker import GATEWAY
from hub.parked import queues_of
from hub.services import service_class
from kit.broker.amqp import (
    AMONG_GATEWAYS,
    DEAD_EXCHANGE,
    EXCHANGES,
    MESSAGE_EXCHANGE,
    RPC_EXCHANGE,
    dead_queue,
    rpc_queue,
)
from kit.calls.rpc import Rpc
from kit.messages.on_message import OnMessage
from kit.process.runtime import entrypoints
from kit.settings import SERVICES

UUID = "01a20000-0000-7000-8000-000000000000"
NOBODYS_QUEUE = "stranger.v1"
STRANGE = ["", "#", "*", "projects", "projects.", "unknown.type", "notify.announce.v1", UUID.upper()]


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

    The gateway calls every method of every service and takes replies; it overhears what goes to open pages, and tells its other
    replicas what was spent. A service answers its own calls, replies, says its own messages and hears those of its handlers;
    its queues are its own.
    """
    allowed = set()
    for service in SERVICES:
        methods = [f"{service}.{name}" for name, _ in entrypoints(service_class(service), Rpc)]
        allowed |= {Try(GATEWAY, "publish", RPC_EXCHANGE, method) for method in methods}
        allowed |= {Try(service, "publish", RPC_EXCHANGE, UUID), Try(service, "bind", RPC_EXCHANGE, f"{service}.*")}
        said = [type_ for type_ in Message.known() if type_.startswith(f"{service}.")]
        allowed |= {Try(service, "publish", MESSAGE_EXCHANGE, type_) for type_ in said}
        heard = [type_ for _, handler in entrypoints(service_class(service), OnMessage) for type_ in handler.types]
        allowed |= {Try(service, "bind", MESSAGE_EXCHANGE, type_) for type_ in heard}
        allowed |= {Try(service, action, queue) for queue in own_queues(service) for action in ("consume", "declare")}
        allowed |= {Try(service, "publish", DEAD_EXCHANGE, key) for key in keys_at(DEAD_EXCHANGE)}  # see hub/broker.py
        allowed |= {Try(service, "bind", DEAD_EXCHANGE, key) for key in keys_at(DEAD_EXCHANGE)}
    allowed |= {Try(GATEWAY, "bind", RPC_EXCHANGE, UUID)}
    allowed |= {
        Try(GATEWAY, action, exchange, key)  # where everybody hears everything, keys are not looked at
        for action in ("publish", "bind")
        for exchange in AMONG_GATEWAYS
        for key in keys_at(exchange)
    }
    return frozenset(allowed | {Try(GATEWAY, "bind", MESSAGE_EXCHANGE, type_) for type_ in LIVE})


def own_queues(service: str) -> list[str]:
    queues = [rpc_queue(service), *queues_of(service)]
    return [*queues, *map(dead_queue, queues)]


@cache
def keys_at(exchange: str) -> list[str]:
    """Every routing key that means something to somebody, and some that mean nothing; queues where it is not checked."""
    methods = [f"{name}.{method}" for name in SERVICES for method, _ in entrypoints(service_class(name), Rpc)]
    bindings = [f"{name}.*" for name in SERVICES]
    queues = [queue for name in SERVICES for queue in own_queues(name)]
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
        self._queue = ""
        self.tries = 0

    def allowed(self) -> Iterator[Try]:
        """Everything that this user may do with the exchanges and queues of the hub."""
        queues = [NOBODYS_QUEUE, *(queue for service in SERVICES for queue in own_queues(service))]
        for exchange in ("", *EXCHANGES, *AMONG_GATEWAYS):
            yield from self._tried("publish", exchange, keys_at(exchange), self._publish)
        self._queue = self._own_queue()
        for exchange in (*EXCHANGES, *AMONG_GATEWAYS):
            yield from self._tried(
                "bind",
                exchange,
                keys_at(exchange),
                lambda thing, key: self._channel.queue_bind(self._queue, thing, key),
            )
        for queue in queues:
            yield from self._tried("consume", queue, [""], lambda thing, _: self._channel.basic_get(thing))
            yield from self._tried(
                "declare", queue, [""], lambda thing, _: self._channel.queue_declare(thing, durable=True)
            )
        for exchange in (*EXCHANGES, *AMONG_GATEWAYS):
            yield from self._tried(
                "delete", exchange, [""], lambda thing, _: self._channel.exchange_delete(thing, True)
            )

    def _publish(self, exchange: str, key: str) -> None:
        self._channel.basic_publish(amqp.Message(""), exchange, key)

    def _own_queue(self) -> str:
        name = "" if self.name == GATEWAY else f"{self.name}.probe.v1"
        return str(self._channel.queue_declare(name, exclusive=True).queue)

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
        except amqp.PreconditionFailed:
            pass  # allowed, and not done: the queue or exchange is in use
