"""Permissions: who may do what on RabbitMQ, made from the contracts: who answers calls, says messages and hears them.

One user a process, and `operator` for people, who alone declares. RabbitMQ checks three patterns (configure, write, read) on
names of queues and exchanges, and two (write, read) on the routing keys of a topic exchange: publishing is write, binding is
read (rabbitmq.com/docs/access-control).
"""

from __future__ import annotations

from dataclasses import dataclass

from contracts.base import Message
from gateway.amqp_wire import LIVE_STREAM, TOLD_STREAM
from hub.services import service_class
from kit.broker.amqp import GATEWAY_EXCHANGE, MESSAGE_EXCHANGE, REPLY_EXCHANGE, RPC_EXCHANGE
from kit.calls.rpc import Rpc
from kit.process.runtime import entrypoints
from kit.settings import SERVICES

GATEWAY, OPERATOR = "gateway", "operator"
USERS = (GATEWAY, *SERVICES, OPERATOR)
NOTHING = "(?!)"  # `^$` would let the empty routing key through
NO_NAME = "^$"


@dataclass(frozen=True)
class Topic:
    """What a user may publish to a topic exchange by routing key. To bind a queue nobody needs: the operator has done it."""

    exchange: str
    write: str
    read: str = NOTHING


@dataclass(frozen=True)
class Permission:
    """What one user may do in the virtual host; topics that are not named are free, so every user has both."""

    user: str
    configure: str
    write: str
    read: str
    topics: tuple[Topic, ...] = ()


def permissions() -> list[Permission]:
    """Every user of the hub, in a fixed order."""
    return [_of_gateway(), *(_of_service(service) for service in SERVICES), Permission(OPERATOR, ".*", ".*", ".*")]


def _of_gateway() -> Permission:
    """It calls every method of every service, tells the others what was spent, and reads answers and what all gateways hear."""
    methods = [f"{service}.{name}" for service in SERVICES for name, _ in entrypoints(service_class(service), Rpc)]
    return Permission(
        GATEWAY,
        configure=NO_NAME,
        write=whole(literally(RPC_EXCHANGE), literally(GATEWAY_EXCHANGE)),
        read=whole(r"gateway\.replies\.[0-9]+", literally(LIVE_STREAM), literally(TOLD_STREAM)),
        topics=(Topic(RPC_EXCHANGE, write=whole(*map(literally, methods))), Topic(MESSAGE_EXCHANGE, write=NOTHING)),
    )


def _of_service(service: str) -> Permission:
    """It takes from its own queues, of any version, answers gateways and says its own messages."""
    said = sorted(type_ for type_ in Message.known() if type_.startswith(f"{service}."))
    return Permission(
        service,
        configure=NO_NAME,
        write=whole(literally(REPLY_EXCHANGE), literally(MESSAGE_EXCHANGE)),
        read=whole(rf"(rpc-{service}|{service}\.[a-z_]+)\.v[0-9]+"),
        topics=(Topic(RPC_EXCHANGE, write=NOTHING), Topic(MESSAGE_EXCHANGE, write=whole(*map(literally, said)))),
    )


def literally(name: str) -> str:
    return name.replace(".", r"\.")


def whole(*patterns: str) -> str:
    return f"^({'|'.join(patterns)})$" if patterns else NOTHING
