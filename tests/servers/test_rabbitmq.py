"""RabbitMQ: the private broker keeps what it confirmed through a kill, is silent while frozen, and parts tests."""

import amqp
import kombu
import pytest

from tests.kit.contract.waiting import until
from tests.servers.rabbitmq import RabbitMQ

pytestmark = pytest.mark.live

QUEUE = kombu.Queue("kept", durable=True, queue_arguments={"x-queue-type": "quorum"})


def test_confirmed_messages_survive_a_kill(rabbitmq: RabbitMQ, amqp_uri: str) -> None:
    _publish(amqp_uri, "before the kill")

    rabbitmq.settle()
    rabbitmq.kill()
    assert not rabbitmq.running
    rabbitmq.start()

    assert _read(amqp_uri) == "before the kill"


def test_frozen_broker_answers_nobody_until_thawed(rabbitmq: RabbitMQ, amqp_uri: str) -> None:
    rabbitmq.freeze()

    with pytest.raises(TimeoutError):
        amqp.Connection(f"127.0.0.1:{rabbitmq.port}", read_timeout=0.3).connect()

    rabbitmq.thaw()
    _publish(amqp_uri, "after the thaw")

    assert _read(amqp_uri) == "after the thaw"


def test_virtual_hosts_share_nothing(rabbitmq: RabbitMQ, amqp_uri: str) -> None:
    other_uri = rabbitmq.vhost("another test's own/100%")
    _publish(amqp_uri, "mine")
    _publish(other_uri, "theirs")

    assert (_read(amqp_uri), _read(other_uri)) == ("mine", "theirs")
    rabbitmq.delete_vhost("another test's own/100%")


def test_a_message_counts_until_it_is_confirmed_also_while_somebody_has_it(rabbitmq: RabbitMQ, amqp_uri: str) -> None:
    vhost = amqp_uri.rpartition("/")[2]
    counted = [rabbitmq.held(vhost)]
    _publish(amqp_uri, "mine")
    with kombu.Connection(amqp_uri) as connection:
        message = QUEUE(connection.default_channel).get()
        counted.append(rabbitmq.held(vhost))
        message.ack()

    assert counted == [{}, {"kept": 1}]
    until(lambda: rabbitmq.held(vhost) == {"kept": 0}, "it counts on")


def test_refused_command_says_why(rabbitmq: RabbitMQ) -> None:
    with pytest.raises(RuntimeError, match="no_such_vhost"):
        rabbitmq.delete_vhost("no_such_vhost")


def _publish(uri: str, body: str) -> None:
    with kombu.Connection(uri, transport_options={"confirm_publish": True}) as connection:
        queue = QUEUE(connection.default_channel)
        queue.declare()
        connection.Producer().publish(body, routing_key=QUEUE.name, delivery_mode=2)


def _read(uri: str) -> str:
    with kombu.Connection(uri) as connection:
        message = QUEUE(connection.default_channel).get()
        message.ack()
        return str(message.decode())
