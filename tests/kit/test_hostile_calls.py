"""Hostile calls: no message of any shape ends or stalls a service, and none is lost without a trace."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import orjson
import pytest
from sqlalchemy import select

from gateway.rpc import Rpc
from kit.broker.amqp import BROKEN, REPLY_EXCHANGE, RPC_EXCHANGE, connect
from kit.broker.topology import dead_queue, reply_queue
from kit.context import Context
from kit.ids import new_id
from kit.messages.inbox import InboxRow
from kit.viewer import Viewer
from kit.wire.signing import Sealed
from kit.work.due import State
from tests.kit.contract.places import PATIENCE, REPLY_QUEUES, AmqpPlace, new_amqp_place
from tests.kit.contract.raw import looked_at, raw_channel
from tests.kit.contract.small_services import Seen
from tests.kit.hostile_messages import Hostile, call_kinds, message_kinds
from tests.servers.postgres import PostgreSQL
from tests.servers.rabbitmq import RabbitMQ

pytestmark = pytest.mark.live

SEED = 20261122
EACH = 40  # messages of each kind
GOOD = 200
KEEP = "shelf.keep.v1"


@pytest.fixture
def place(tmp_path: Path, rabbitmq: RabbitMQ, postgres: PostgreSQL) -> Iterator[AmqpPlace]:
    place = new_amqp_place(tmp_path, rabbitmq, postgres)
    place.start()
    yield place
    place.remove()


@pytest.mark.parametrize("signs", [True, False], ids=["by a gateway gone mad", "by a stranger"])
async def test_every_hostile_call_is_answered_with_an_error_or_dropped_with_a_word(
    place: AmqpPlace, signs: bool
) -> None:
    random = Random(SEED)
    with Answers(place.uri) as answers:
        kinds = call_kinds(random, answers.reply_to)
        calls = [make() for make in kinds.values() for _ in range(EACH)]
        if signs:
            calls = [(method, _signed(place, method, call)) for method, call in calls]
        random.shuffle(calls)
        sending = asyncio.to_thread(_send, place.uri, [(RPC_EXCHANGE, _key(method), call) for method, call in calls])
        accepted, good = await asyncio.gather(sending, _good_calls(place))
        await asyncio.to_thread(place.settle)
        bad = answers.errors_other_than(good)

    refused = len(place.logged("a call is not a gateway's")) + len(place.logged("a call could not be understood"))
    print(
        f"\ncalls: {len(good)} good ones answered; of {len(calls)} hostile ones {len(calls) - accepted} refused by the"
    )
    print(f"broker, {bad.total()} answered with an error {dict(bad)}, {refused} told of in the log")
    assert len(good) == GOOD
    assert refused + bad["refusal"] == accepted
    assert set(bad) == ({"malformed", "refusal", "unavailable"} if signs else {"unavailable", "malformed"})
    assert signs or not bad["refusal"]
    assert place.logged("the broker is away") == []


async def test_every_hostile_message_is_parked_or_put_aside(place: AmqpPlace) -> None:
    random = Random(SEED)
    kinds = message_kinds(random)
    messages = [make() for make in kinds.values() for _ in range(EACH)]
    random.shuffle(messages)

    sending = asyncio.to_thread(_send, place.uri, [("", KEEP, message) for message in messages])
    accepted, good = await asyncio.gather(sending, _good_calls(place))
    await asyncio.to_thread(place.settle)

    dead, _ = looked_at(place.uri, dead_queue(KEEP))
    states = Counter(state for (state,) in place.rows("shelf", select(InboxRow.state).where(InboxRow.handler == KEEP)))
    seen = Counter(place.rows("shelf", select(Seen.handler, Seen.note_id)))
    done = states[State.DONE] - len(good)
    print(
        f"\nmessages: {len(good)} good ones handled; of {len(messages)} hostile ones {len(messages) - accepted} refused by"
    )
    print(f"the broker, {states[State.PARKED]} parked, {dead} in the dead-letter queue, {done} harmless after all")
    assert all(seen["keep", note_id] == seen["stumble", note_id] == 1 for note_id in good)
    assert states[State.PARKED] + dead + done == accepted
    assert states[State.WAITING] == 0
    assert place.logged("the broker is away") == []


async def _good_calls(place: AmqpPlace) -> list[str]:
    """The ids of the notes that an ordinary person writes meanwhile."""
    async with place.wire() as wire:
        rpc = Rpc(wire, Context(Viewer("person:good"), "en", new_id()), PATIENCE)
        return [(await rpc.command("notes", "write", {"text": f"good {number}"}))["id"] for number in range(GOOD)]


def _signed(place: AmqpPlace, method: str | bytes, call: Hostile) -> Hostile:
    """The call signed as it stands, where it has a form that can be signed."""
    facts = call.properties.get("application_headers", {})
    number = call.properties.get("correlation_id", "")
    seconds = {"hub.deadline": repr(time.time() + PATIENCE), **facts}
    try:
        name = method.decode() if isinstance(method, bytes) else method
        headers = place.keys.signer.sign(Sealed("notes", name, number, seconds, call.body))
    except (TypeError, ValueError):
        return call
    return replace(call, properties={**call.properties, "application_headers": headers})


def _key(method: str | bytes) -> bytes:
    return b"notes." + (method.encode() if isinstance(method, str) else method)


def _send(uri: str, messages: list[tuple[str, str | bytes, Hostile]]) -> int:
    """Publish all, each confirmed; returns how many the broker took instead of closing the connection."""
    waiting, accepted = list(messages), 0
    while waiting:
        try:
            with raw_channel(uri) as channel:
                while waiting:
                    exchange, routing_key, hostile = waiting.pop()
                    channel.basic_publish_confirm(hostile.message(), exchange, routing_key, confirm_timeout=PATIENCE)
                    accepted += 1
        except BROKEN:
            if hostile.raw is None:
                raise
    return accepted


class Answers:
    """Every answer that passes the exchange of calls, whomever it is for."""

    def __init__(self, uri: str) -> None:
        self._uri = uri
        self.reply_to = reply_queue(1)

    def __enter__(self) -> Answers:
        self._connection = connect(self._uri, "answers")  # the kit's own: it must read the hostile calls too
        self._channel = self._connection.channel()
        self._queue = self._channel.queue_declare("", exclusive=True).queue
        for number in range(1, REPLY_QUEUES + 1):
            self._channel.queue_bind(self._queue, REPLY_EXCHANGE, reply_queue(number))
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def errors_other_than(self, good: list[str]) -> Counter[str]:
        """How many errors of each kind were answered; there must be no results but the good ones."""
        answers = [answer for answer in iter(self._next, None) if answer.keys() == {"result", "error"}]
        results = [answer["result"]["id"] for answer in answers if answer["error"] is None]
        assert sorted(results) == sorted(good)
        return Counter(answer["error"]["kind"] for answer in answers if answer["error"])

    def _next(self) -> dict[str, Any] | None:
        """The next thing in the queue as an object, {} for what is none, None at the end."""
        message = self._channel.basic_get(self._queue, no_ack=True)
        if message is None:
            return None
        try:
            found = orjson.loads(message.body)
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}
