"""Least privilege: on a real RabbitMQ each user may do exactly what the architecture declares, and everything else is refused."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

import amqp
import pytest

from hub.broker import definitions
from hub.permissions import GATEWAY, OPERATOR, USERS
from kit.broker.amqp import connect
from kit.settings import SERVICES
from tests.operating.deployed import PASSWORDS
from tests.operating.matrix import REPLY_QUEUES, Try, User, declared
from tests.servers.rabbitmq import RabbitMQ

pytestmark = pytest.mark.live


def test_each_user_may_do_exactly_what_is_declared(
    rabbitmq: RabbitMQ, request: pytest.FixtureRequest, record_property: Callable[[str, object], None]
) -> None:
    vhost = "matrix"
    rabbitmq.load(definitions(PASSWORDS, vhost, reply_queues=REPLY_QUEUES))
    request.addfinalizer(lambda: rabbitmq.delete_vhost(vhost))

    allowed, tried = set[Try](), 0
    for user in (GATEWAY, *SERVICES):
        with connect(uri(rabbitmq, user, vhost), user) as connection:
            mine = User(user, connection)
            allowed |= set(mine.allowed())
            tried += mine.tries

    record_property(
        "figures", f"{tried} tries of {len(SERVICES) + 1} users: {len(allowed)} allowed, {tried - len(allowed)} refused"
    )
    assert allowed - declared() == set()
    assert declared() - allowed == set()


def test_a_wrong_password_and_the_default_user_are_refused(rabbitmq: RabbitMQ, request: pytest.FixtureRequest) -> None:
    vhost = "strangers"
    rabbitmq.load(definitions(PASSWORDS, vhost, reply_queues=REPLY_QUEUES))
    request.addfinalizer(lambda: rabbitmq.delete_vhost(vhost))

    for user, password in ((GATEWAY, "wrong"), ("guest", "guest")):
        with pytest.raises((amqp.AccessRefused, amqp.NotAllowed)):
            connect(f"amqp://{user}:{password}@127.0.0.1:{rabbitmq.port}/{vhost}", "stranger")
    with connect(uri(rabbitmq, OPERATOR, vhost), "operator") as connection:
        assert connection.connected


def uri(broker: RabbitMQ, user: str, vhost: str) -> str:
    assert user in USERS
    return f"amqp://{user}:{PASSWORDS[user]}@127.0.0.1:{broker.port}/{quote(vhost, safe='')}"
