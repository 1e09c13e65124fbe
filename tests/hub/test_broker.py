"""Broker: definitions and manifests give every process its own user, with rights made from the contracts."""

from __future__ import annotations

import base64
import hashlib
import json
import re

import click
import pytest
import yaml

from hub.broker import definitions, manifests
from hub.old_permissions import as_before
from hub.permissions import NO_NAME, NOTHING, USERS, permissions
from hub.topology import whole
from kit.settings import SERVICES

PASSWORDS = {user: f"{user}-secret" for user in USERS}


def test_every_process_and_the_operator_has_a_user_with_its_password_hashed() -> None:
    users = {user["name"]: user for user in json.loads(definitions(PASSWORDS, reply_queues=2))["users"]}

    assert set(users) == {"gateway", *SERVICES, "operator"}
    for name, user in users.items():
        raw = base64.b64decode(user["password_hash"])
        assert raw[4:] == hashlib.sha256(raw[:4] + PASSWORDS[name].encode()).digest()
        assert user["tags"] == ""


def test_no_password_stands_in_the_definitions_and_no_salt_is_used_twice() -> None:
    first, second = (definitions(PASSWORDS, reply_queues=2) for _ in range(2))

    assert not any(password in first for password in PASSWORDS.values())
    assert first != second


def test_without_a_password_for_every_user_nothing_is_made() -> None:
    with pytest.raises(click.ClickException, match="notify, operator"):
        definitions({user: "x" for user in USERS if user not in ("notify", "operator")}, reply_queues=2)


def test_definitions_and_manifests_say_the_same() -> None:
    made = json.loads(definitions(PASSWORDS, reply_queues=2))
    objects = list(yaml.safe_load_all(manifests()))

    def specs(kind: str) -> list[dict[str, object]]:
        return [each["spec"] for each in objects if each["kind"] == kind]

    assert [each["permissions"] for each in specs("Permission")] == [
        {name: each[name] for name in ("configure", "write", "read")} for each in made["permissions"]
    ]
    assert [each["permissions"] for each in specs("TopicPermission")] == [
        {name: each[name] for name in ("exchange", "write", "read")} for each in made["topic_permissions"]
    ]
    assert [each["name"] for each in specs("Exchange")] == [each["name"] for each in made["exchanges"]]
    assert len(specs("User")) == len(made["users"])


def test_every_pattern_holds_a_whole_name() -> None:
    for permission in permissions():
        patterns = [permission.write, permission.read]
        patterns += [pattern for topic in permission.topics for pattern in (topic.write, topic.read)]
        for pattern in patterns:
            re.compile(pattern)
            assert permission.user == "operator" or pattern == NOTHING or re.fullmatch(r"\^\(.+\)\$", pattern)


def test_nobody_but_the_operator_may_declare_anything() -> None:
    assert {permission.configure for permission in permissions() if permission.user != "operator"} == {NO_NAME}


def test_the_definitions_declare_every_queue_with_its_bindings() -> None:
    made = json.loads(definitions(PASSWORDS, reply_queues=2))

    assert [each["name"] for each in made["queues"]] == [queue.name for queue in whole(2)]
    bound = {(each["source"], each["routing_key"], each["destination"]) for each in made["bindings"]}
    assert bound == {(exchange, key, queue.name) for queue in whole(2) for exchange, key in queue.bound}
    assert {name for name, _, _ in bound} == {each["name"] for each in made["exchanges"]}


def test_only_what_a_handler_hears_has_dead_letters() -> None:
    dying = {queue.name for queue in whole(2) if "x-dead-letter-exchange" in queue.arguments}

    assert dying == {queue.name.removesuffix(".dead") for queue in whole(2) if queue.name.endswith(".dead")}
    assert not any(name.startswith(("rpc-", "gateway.")) for name in dying)


def test_while_the_last_release_may_run_its_rights_stand_beside_the_new_ones() -> None:
    for now in permissions():
        both = as_before(now)
        assert both.write.startswith(now.write) and both.read.startswith(now.read)
        if now.user in SERVICES:
            assert re.search(both.configure, f"rpc-{now.user}.v1") and not re.search(both.configure, "rpc-other.v1")
            assert re.search(both.write, "nameko-rpc") and not re.search(now.write, "nameko-rpc")
