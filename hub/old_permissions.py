"""Old permissions: what processes of the last release need on RabbitMQ, whose calls are unsigned and who declare for themselves.

They stand beside the new ones while HUB_UNSIGNED_CALLS says `accept`. This file goes with the release after this one.
"""

from __future__ import annotations

from contracts.base import Message
from gateway.app import LIVE
from hub.permissions import GATEWAY, NOTHING, OPERATOR, Permission, Topic, literally, whole
from hub.services import service_class
from kit.broker.amqp import DEAD_EXCHANGE, MESSAGE_EXCHANGE
from kit.broker.old_calls import OLD_RPC_EXCHANGE
from kit.calls.rpc import Rpc
from kit.messages.on_message import OnMessage
from kit.process.runtime import entrypoints
from kit.settings import SERVICES

_UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_OWN_QUEUES = r"amq\.gen-.*"
_EXCHANGES = [literally(name) for name in (OLD_RPC_EXCHANGE, MESSAGE_EXCHANGE, DEAD_EXCHANGE)]


def as_before(permission: Permission) -> Permission:
    """The rights of a user with those of the last release beside them."""
    if permission.user == OPERATOR:
        return permission
    old = _of_gateway() if permission.user == GATEWAY else _of_service(permission.user)
    keys = {topic.exchange: topic for topic in permission.topics}
    for topic in old.topics:
        now = keys.get(topic.exchange, Topic(topic.exchange, NOTHING))
        keys[topic.exchange] = Topic(topic.exchange, _either(now.write, topic.write), _either(now.read, topic.read))
    return Permission(
        permission.user,
        configure=old.configure,
        write=_either(permission.write, old.write),
        read=_either(permission.read, old.read),
        topics=tuple(keys.values()),
    )


def _either(*patterns: str) -> str:
    return "|".join(pattern for pattern in patterns if pattern != NOTHING) or NOTHING


def _of_gateway() -> Permission:
    methods = [f"{service}.{name}" for service in SERVICES for name, _ in entrypoints(service_class(service), Rpc)]
    return Permission(
        GATEWAY,
        configure=whole(_OWN_QUEUES),
        write=whole(_OWN_QUEUES, literally(OLD_RPC_EXCHANGE)),
        read=whole(_OWN_QUEUES, literally(OLD_RPC_EXCHANGE), literally(MESSAGE_EXCHANGE)),
        topics=(
            Topic(OLD_RPC_EXCHANGE, write=whole(*map(literally, methods)), read=whole(_UUID)),
            Topic(MESSAGE_EXCHANGE, write=NOTHING, read=whole(*map(literally, LIVE))),
        ),
    )


def _of_service(service: str) -> Permission:
    queues = rf"(rpc-{service}|{service}\.[a-z_]+)\.v[0-9]+(\.dead)?"
    said = sorted(type_ for type_ in Message.known() if type_.startswith(f"{service}."))
    heard = sorted({type_ for _, handler in entrypoints(service_class(service), OnMessage) for type_ in handler.types})
    return Permission(
        service,
        configure=whole(queues),
        write=whole(queues, *_EXCHANGES),
        read=whole(queues, *_EXCHANGES),
        topics=(
            Topic(OLD_RPC_EXCHANGE, write=whole(_UUID), read=whole(rf"{service}\.\*")),
            Topic(MESSAGE_EXCHANGE, write=whole(*map(literally, said)), read=whole(*map(literally, heard))),
        ),
    )
