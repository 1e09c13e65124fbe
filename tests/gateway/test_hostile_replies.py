"""Hostile replies: one that nobody can read ends its own call, and every other call goes on."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from typing import Any

import amqp as py_amqp
import orjson
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from gateway.amqp_wire import AmqpWire
from gateway.rpc import Rpc, Wire
from kit.broker.amqp import REPLY_EXCHANGE, connect
from kit.broker.bus import Unavailable
from kit.broker.topology import calls_to, declare, replies
from kit.context import Context
from kit.wire.signing import Signer
from tests.gateway.protocol.talking import eventually_async
from tests.gateway.scripted import ScriptedServices
from tests.kit.hostile_messages import NOT_JSON
from tests.kit.test_reply import NO_PAYLOADS
from tests.servers.rabbitmq import RabbitMQ

PATIENCE = 60.0  # seconds that a caller waits; nothing here takes as long
GOOD = orjson.dumps({"result": "good", "error": None})
HOSTILE = (*NOT_JSON, *(orjson.dumps(found) for found in NO_PAYLOADS))


@pytest.mark.live
async def test_every_bad_reply_ends_its_own_call_and_the_good_ones_behind_it_arrive(rabbitmq: RabbitMQ) -> None:
    uri = rabbitmq.vhost("hostile_replies")
    with replying(uri, [*HOSTILE, GOOD]):
        async with wire(uri) as connected:
            rpc = Rpc(connected, Context(), PATIENCE)
            calls = [rpc.command("crooked", "answer", {"number": n}) for n in range(len(HOSTILE) + 1)]
            answers = await asyncio.gather(*calls, return_exceptions=True)

    assert [str(answer) for answer in answers[:-1]] == ["the reply could not be read"] * len(HOSTILE)
    assert all(isinstance(answer, Unavailable) for answer in answers[:-1])
    assert answers[-1] == "good"


@pytest.mark.live
async def test_replies_that_name_no_call_are_dropped(rabbitmq: RabbitMQ) -> None:
    uri = rabbitmq.vhost("stray_replies")
    strays = [{"correlation_id": number} for number in ("", "0", "none", "9" * 255)] + [{}]
    with replying(uri, [GOOD], strays):
        async with wire(uri) as connected:
            assert await Rpc(connected, Context(), PATIENCE).command("crooked", "answer", {"number": 0}) == "good"


@pytest.mark.parametrize("found", [found for found in NO_PAYLOADS if found is not None], ids=str)
async def test_a_bad_answer_in_a_batch_ends_its_own_question(found: Any) -> None:
    class Crooked(ScriptedServices):
        async def send(self, service: str, request: Any) -> Any:
            assert request.method == "batch"
            return {"result": [{"result": "good", "error": None}, found], "error": None}

    good, bad = await _both(Rpc(Crooked(), Context(), PATIENCE))

    assert good == "good"
    assert isinstance(bad, Unavailable)


@pytest.mark.parametrize("answers", [None, {}, "xx", [], [{"result": "good", "error": None}]], ids=str)
async def test_a_batch_with_other_answers_than_questions_ends_them_all(answers: Any) -> None:
    class Crooked(ScriptedServices):
        async def send(self, service: str, request: Any) -> Any:
            return {"result": answers, "error": None}

    assert [type(answer) for answer in await _both(Rpc(Crooked(), Context(), PATIENCE))] == [Unavailable] * 2


async def test_a_question_that_cannot_be_sent_leaves_nobody_waiting() -> None:
    class Broken(ScriptedServices):
        async def send(self, service: str, request: Any) -> Any:
            raise TypeError("this is not JSON")

    assert [type(answer) for answer in await _both(Rpc(Broken(), Context(), PATIENCE))] == [TypeError] * 2


async def _both(rpc: Rpc) -> list[Any]:
    """What comes of two questions that travel in one message."""
    async with asyncio.timeout(PATIENCE / 2):
        return await asyncio.gather(*(rpc.query("x", name) for name in ("one", "two")), return_exceptions=True)


@asynccontextmanager
async def wire(uri: str) -> AsyncIterator[Wire]:
    found = AmqpWire(uri, Signer(Ed25519PrivateKey.generate()), reply_queues=1)
    await found.start()
    await eventually_async(found.connected)
    yield found
    await found.close()


@contextmanager
def replying(uri: str, bodies: list[bytes], strays: list[dict[str, str]] | None = None) -> Iterator[None]:
    """A service that waits for as many calls as it has bodies and then answers them in their order, all at once.

    Before them it sends `strays`: bad replies with these properties instead of the correlation id of a call.
    """
    connection = connect(uri, "crooked")
    channel, calls, ended = connection.channel(), [], threading.Event()
    queue = calls_to("crooked")
    declare(channel, [queue, *replies(1)])
    channel.basic_consume(queue.name, no_ack=True, callback=calls.append)

    def run() -> None:
        while not ended.is_set() and len(calls) < len(bodies):
            with suppress(TimeoutError):
                connection.drain_events(timeout=0.1)
        for properties in (strays or []) if calls else []:
            _reply(channel, calls[0], b"nonsense", properties)
        for call in sorted(calls, key=_number):
            _reply(channel, call, bodies[_number(call)], {"correlation_id": call.properties["correlation_id"]})

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join(PATIENCE)
        connection.close()


def _number(call: Any) -> int:
    return int(orjson.loads(call.body)["kwargs"]["number"])


def _reply(channel: Any, call: Any, body: bytes, properties: dict[str, str]) -> None:
    channel.basic_publish(py_amqp.Message(body, **properties), REPLY_EXCHANGE, call.properties["reply_to"])
