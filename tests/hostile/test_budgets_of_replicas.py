"""A budget is one wherever a request comes in: gateways tell each other over the broker, and nobody else can tell them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager

import amqp
import orjson
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from gateway.amqp_wire import AmqpWire
from gateway.budgets.budgets import Budgets
from gateway.budgets.sharing import Sharing
from hub.broker import definitions
from hub.permissions import GATEWAY
from kit.broker.amqp import GATEWAY_EXCHANGE, connect
from kit.settings import SERVICES
from kit.wire.signing import Signer
from tests.gateway.budgets.test_sharing import ANN, KEY, SETTINGS, left
from tests.operating.deployed import PASSWORDS
from tests.servers.rabbitmq import RabbitMQ

pytestmark = pytest.mark.live
VHOST = "budgets"
PATIENCE = 60.0  # seconds


@pytest.fixture
def broker(rabbitmq: RabbitMQ) -> Iterator[RabbitMQ]:
    """RabbitMQ with each process's own user and rights."""
    rabbitmq.load(definitions(PASSWORDS, VHOST, reply_queues=3))
    yield rabbitmq
    rabbitmq.delete_vhost(VHOST)


def uri(broker: RabbitMQ, user: str) -> str:
    return f"amqp://{user}:{PASSWORDS[user]}@127.0.0.1:{broker.port}/{VHOST}"


@asynccontextmanager
async def gateways(broker: RabbitMQ, number: int) -> AsyncIterator[list[Budgets]]:
    """So many replicas, connected."""
    async with AsyncExitStack() as stack:
        found = []
        for _ in range(number):
            wire = AmqpWire(uri(broker, GATEWAY), Signer(Ed25519PrivateKey.generate()), reply_queues=3)
            budgets = Budgets(SETTINGS, lambda: 0.0)
            await stack.enter_async_context(Sharing(budgets, wire))
            await wire.start()
            stack.push_async_callback(wire.close)
            await until(wire.connected)
            found.append(budgets)
        yield found


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not holds():  # noqa: ASYNC110 - nobody tells of it
            await asyncio.sleep(0.02)


async def test_what_is_spent_at_one_replica_is_gone_at_the_others(broker: RabbitMQ) -> None:
    async with gateways(broker, 3) as (one, *others):
        one.take(one.payers(ANN, ""), 300)
        others[0].take(one.payers(ANN, ""), 200)

        await until(lambda: all(left(each) == 500 for each in (one, *others)))


@pytest.mark.parametrize("user", SERVICES)
async def test_a_stolen_password_of_a_service_empties_nobodys_budget(broker: RabbitMQ, user: str) -> None:
    told = orjson.dumps({"from": "x", "spent": {KEY: 900}})
    with connect(uri(broker, user), "thief") as connection, pytest.raises(amqp.AccessRefused):
        channel = connection.channel()
        channel.basic_publish(amqp.Message(told), GATEWAY_EXCHANGE, "")
        channel.basic_qos(0, 1, False)  # answers only where the channel still stands


async def test_a_broker_that_does_not_know_the_exchange_yet_leaves_each_to_itself(broker: RabbitMQ) -> None:
    with connect(uri(broker, "operator"), "operator") as connection:
        connection.channel().exchange_delete(GATEWAY_EXCHANGE)

    async with gateways(broker, 2) as (one, other):
        one.take(one.payers(ANN, ""), 300)

        assert (left(one), left(other)) == (700, 1_000)
