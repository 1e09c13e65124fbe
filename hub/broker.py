"""Broker: what is on RabbitMQ and who may do what there, made from the contracts: who answers calls, says and hears messages.

One user a process, and `operator` for people, who alone declares. RabbitMQ checks three patterns (configure, write, read) on
names of queues and exchanges, and two (write, read) on the routing keys of a topic exchange: publishing is write, binding is
read (rabbitmq.com/docs/access-control).
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import click
import yaml

from contracts.base import Message
from gateway.amqp_wire import LIVE_STREAM
from hub.services import service_class
from hub.topology import whole
from kit.broker.amqp import MESSAGE_EXCHANGE, REPLY_EXCHANGE, RPC_EXCHANGE
from kit.broker.topology import EXCHANGES
from kit.calls.rpc import Rpc
from kit.process.runtime import entrypoints
from kit.settings import SERVICES

VHOST = "hub"
GATEWAY, OPERATOR = "gateway", "operator"
USERS = (GATEWAY, *SERVICES, OPERATOR)
NOTHING = "(?!)"  # `^$` would let the empty routing key through
NO_NAME = "^$"
_DOCUMENT = "# 由 hub broker manifests 生成 · made by `hub broker manifests`; the users' passwords are in the Secrets broker-*\n"


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
    """It calls every method of every service, and reads the answers and the messages that go to open pages."""
    methods = [f"{service}.{name}" for service in SERVICES for name, _ in entrypoints(service_class(service), Rpc)]
    return Permission(
        GATEWAY,
        configure=NO_NAME,
        write=_whole(_name(RPC_EXCHANGE)),
        read=_whole(r"gateway\.replies\.[0-9]+", _name(LIVE_STREAM)),
        topics=(Topic(RPC_EXCHANGE, write=_whole(*map(_name, methods))), Topic(MESSAGE_EXCHANGE, write=NOTHING)),
    )


def _of_service(service: str) -> Permission:
    """It takes from its own queues, of any version, answers gateways and says its own messages."""
    said = sorted(type_ for type_ in Message.known() if type_.startswith(f"{service}."))
    return Permission(
        service,
        configure=NO_NAME,
        write=_whole(_name(REPLY_EXCHANGE), _name(MESSAGE_EXCHANGE)),
        read=_whole(rf"(rpc-{service}|{service}\.[a-z_]+)\.v[0-9]+"),
        topics=(Topic(RPC_EXCHANGE, write=NOTHING), Topic(MESSAGE_EXCHANGE, write=_whole(*map(_name, said)))),
    )


def _name(name: str) -> str:
    return name.replace(".", r"\.")


def _whole(*patterns: str) -> str:
    return f"^({'|'.join(patterns)})$" if patterns else NOTHING


# ---- as RabbitMQ loads it at its start ------------------------------------------------------------------------------


def definitions(passwords: Mapping[str, str], vhost: str = VHOST, *, reply_queues: int) -> str:
    """RabbitMQ's definitions as JSON: virtual host, exchanges, queues, users, permissions.

    Ends the command without a password. What exists is left as it is by RabbitMQ, but for users and permissions.
    """
    if missing := [user for user in USERS if not passwords.get(user)]:
        raise click.ClickException(f"HUB_BROKER_PASSWORDS 缺少 · has no password for: {', '.join(missing)}")
    permitted = permissions()
    queues = whole(reply_queues)
    topics = [(permission.user, topic) for permission in permitted for topic in permission.topics]
    document = {
        "vhosts": [{"name": vhost}],
        "users": [_user(user, passwords[user]) for user in USERS],
        "permissions": [
            {"user": each.user, "vhost": vhost, "configure": each.configure, "write": each.write, "read": each.read}
            for each in permitted
        ],
        "topic_permissions": [{"user": user, "vhost": vhost, **asdict(topic)} for user, topic in topics],
        "exchanges": [
            {"name": name, "vhost": vhost, "type": kind, "durable": True, "auto_delete": False, "arguments": {}}
            for name, kind in EXCHANGES.items()
        ],
        "queues": [
            {"name": queue.name, "vhost": vhost, "durable": True, "auto_delete": False, "arguments": queue.arguments}
            for queue in queues
        ],
        "bindings": [_binding(vhost, queue.name, *bound) for queue in queues for bound in queue.bound],
    }
    return json.dumps(document, indent=2)


def _binding(vhost: str, queue: str, exchange: str, key: str) -> dict[str, Any]:
    return {
        "source": exchange,
        "vhost": vhost,
        "destination": queue,
        "destination_type": "queue",
        "routing_key": key,
        "arguments": {},
    }


def _user(name: str, password: str) -> dict[str, Any]:
    """A user as RabbitMQ stores it: salt and SHA-256 of salt and password (rabbitmq.com/docs/passwords)."""
    salt = secrets.token_bytes(4)
    digest = hashlib.sha256(salt + password.encode()).digest()
    return {
        "name": name,
        "password_hash": base64.b64encode(salt + digest).decode(),
        "hashing_algorithm": "rabbit_password_hashing_sha256",
        "tags": "",
    }


# ---- as objects of RabbitMQ's topology operator ---------------------------------------------------------------------


def manifests() -> str:
    """Users, rights and exchanges as Kubernetes objects, for RabbitMQ's topology operator; a Job declares the queues."""
    return _DOCUMENT + yaml.safe_dump_all(_objects(), allow_unicode=True, sort_keys=False, width=120)


def _objects() -> Iterator[dict[str, Any]]:
    yield _object("Vhost", VHOST, {"name": VHOST})
    for name, kind in EXCHANGES.items():
        spec = {"name": name, "vhost": VHOST, "type": kind, "durable": True, "autoDelete": False}
        yield _object("Exchange", name.replace(".", "-"), spec)
    for permission in permissions():
        user = permission.user
        yield _object("User", user, {"importCredentialsSecret": {"name": f"broker-{user}"}})
        allowed = {name: getattr(permission, name) for name in ("configure", "write", "read")}
        yield _object("Permission", user, {"vhost": VHOST, "userReference": {"name": user}, "permissions": allowed})
        for topic in permission.topics:
            spec = {"vhost": VHOST, "userReference": {"name": user}, "permissions": asdict(topic)}
            yield _object("TopicPermission", f"{user}-{topic.exchange.replace('.', '-')}", spec)


def _object(kind: str, name: str, spec: dict[str, Any]) -> dict[str, Any]:
    return {
        "apiVersion": "rabbitmq.com/v1beta1",
        "kind": kind,
        "metadata": {"name": name},
        "spec": {**spec, "rabbitmqClusterReference": {"name": "rabbitmq"}},
    }
