"""Broker: definitions and manifests give every process its own user, with rights made from the contracts."""

from __future__ import annotations

import base64
import hashlib
import json
import re

import click
import pytest
import yaml

from hub.broker import NOTHING, USERS, definitions, manifests, permissions
from kit.settings import SERVICES

PASSWORDS = {user: f"{user}-secret" for user in USERS}


def test_every_process_and_the_operator_has_a_user_with_its_password_hashed() -> None:
    users = {user["name"]: user for user in json.loads(definitions(PASSWORDS))["users"]}

    assert set(users) == {"gateway", *SERVICES, "operator"}
    for name, user in users.items():
        raw = base64.b64decode(user["password_hash"])
        assert raw[4:] == hashlib.sha256(raw[:4] + PASSWORDS[name].encode()).digest()
        assert user["tags"] == ""


def test_no_password_stands_in_the_definitions_and_no_salt_is_used_twice() -> None:
    first, second = definitions(PASSWORDS), definitions(PASSWORDS)

    assert not any(password in first for password in PASSWORDS.values())
    assert first != second


def test_without_a_password_for_every_user_nothing_is_made() -> None:
    with pytest.raises(click.ClickException, match="notify, operator"):
        definitions({user: "x" for user in USERS if user not in ("notify", "operator")})


def test_definitions_and_manifests_say_the_same() -> None:
    made = json.loads(definitions(PASSWORDS))
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
        patterns = [permission.configure, permission.write, permission.read]
        patterns += [pattern for topic in permission.topics for pattern in (topic.write, topic.read)]
        for pattern in patterns:
            re.compile(pattern)
            assert permission.user == "operator" or pattern == NOTHING or re.fullmatch(r"\^\(.+\)\$", pattern)


def test_only_the_operator_may_touch_what_is_not_its_own() -> None:
    for permission in permissions():
        reaches = bool(re.search(permission.configure, "alliances.anything.v1"))
        assert reaches == (permission.user in ("alliances", "operator"))
