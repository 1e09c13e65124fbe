"""Broker: what RabbitMQ has to know of the hub (users, rights, exchanges, queues), as its definitions and for Kubernetes."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

import click
import yaml

from hub.old_permissions import as_before
from hub.permissions import USERS, Permission, permissions
from hub.topology import whole
from kit.broker.topology import EXCHANGES

VHOST = "hub"
_DOCUMENT = "# 由 hub broker manifests 生成 · made by `hub broker manifests`; the users' passwords are in the Secrets broker-*\n"


def rights(*, unsigned: bool) -> list[Permission]:
    """What each user may do; with `unsigned` also what the last release, whose calls are not signed, needs beside this one."""
    return [as_before(each) if unsigned else each for each in permissions()]


# ---- as RabbitMQ loads it at its start ------------------------------------------------------------------------------


def definitions(passwords: Mapping[str, str], vhost: str = VHOST, *, reply_queues: int, unsigned: bool = False) -> str:
    """RabbitMQ's definitions as JSON: virtual host, exchanges, queues, users, permissions.

    Ends the command without a password. What exists is left as it is by RabbitMQ, but for users and permissions.
    """
    if missing := [user for user in USERS if not passwords.get(user)]:
        raise click.ClickException(f"HUB_BROKER_PASSWORDS 缺少 · has no password for: {', '.join(missing)}")
    permitted = rights(unsigned=unsigned)
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


def manifests(*, unsigned: bool = False) -> str:
    """Users, rights and exchanges as Kubernetes objects, for RabbitMQ's topology operator; a Job declares the queues."""
    return _DOCUMENT + yaml.safe_dump_all(_objects(unsigned), allow_unicode=True, sort_keys=False, width=120)


def _objects(unsigned: bool) -> Iterator[dict[str, Any]]:
    yield _object("Vhost", VHOST, {"name": VHOST})
    for name, kind in EXCHANGES.items():
        spec = {"name": name, "vhost": VHOST, "type": kind, "durable": True, "autoDelete": False}
        yield _object("Exchange", name.replace(".", "-"), spec)
    for permission in rights(unsigned=unsigned):
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
