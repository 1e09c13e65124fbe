"""Memory transport: what kombu's `memory://` gets wrong and the embedded broker does not (reliability D1 to D4)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from kombu import Connection, Exchange, Queue
from kombu.utils.uuid import uuid

from kit.broker.bus import Unavailable
from kit.broker.embedded_broker import EmbeddedBroker
from kit.ids import new_id
from kit.wire.envelope import Envelope
from kit.wire.request import Request
from tests.faults.stock.stock_process import ends_within, running
from tests.kit.contract.places import PATIENCE
from tests.kit.contract.saying import said
from tests.kit.contract.small_services import NoteWritten
from tests.kit.things import lanes

LONG = 5.0  # seconds after which a call within one process is said to hang


@pytest.fixture
def broker() -> Iterator[EmbeddedBroker]:
    broker = EmbeddedBroker(lanes=lanes(2), timeout=PATIENCE, together=1)
    yield broker
    broker.close()


class Memory:
    """A stock connection with two queues bound to one key."""

    def __init__(self) -> None:
        self.connection = Connection("memory://", virtual_host=uuid())
        self.exchange = Exchange(uuid(), "topic")
        self.queues = [Queue(uuid(), self.exchange, "said")(self.connection.default_channel) for _ in range(2)]
        for queue in self.queues:
            queue.declare()

    def publish(self, routing_key: str = "said", **options: Any) -> None:
        producer = self.connection.Producer(on_return=options.pop("on_return", None))
        producer.publish("x", exchange=self.exchange, routing_key=routing_key, **options)


@pytest.fixture
def memory() -> Iterator[Memory]:
    memory = Memory()
    yield memory
    memory.connection.close()


def test_call_within_the_process_is_answered(broker: EmbeddedBroker) -> None:
    broker.serve("notes", lambda request: {"result": request.method, "error": None}, {"ping"})

    assert broker.call("notes", Request("ping", {})).result(PATIENCE) == {"result": "ping", "error": None}


def test_stock_call_within_the_process_is_not() -> None:
    with running("one_process", "memory://") as stock:
        assert not ends_within(stock, LONG)


@pytest.mark.live
def test_stock_call_within_the_process_is_answered_by_way_of_a_real_broker(amqp_uri: str) -> None:
    with running("one_process", amqp_uri) as stock:
        assert ends_within(stock, PATIENCE)


def test_message_that_one_subscriber_did_not_take_leaves_the_other_with_one_effect(broker: EmbeddedBroker) -> None:
    taken: dict[str, set[str]] = {"healthy": set(), "failing": set()}
    failures = iter([False] * 5)

    def take(envelopes: Sequence[Envelope]) -> bool:
        taken["healthy"].update(envelope.id for envelope in envelopes)
        return True

    broker.bind("healthy", [NoteWritten.type], take)
    broker.bind("failing", [NoteWritten.type], lambda _: next(failures, True))
    message = said(NoteWritten(note_id=new_id(), text="x"))
    for _ in range(5):
        with pytest.raises(Unavailable):
            broker.publish([message])
    broker.publish([message])

    assert taken["healthy"] == {message.id}


def test_stock_message_that_one_subscriber_puts_back_comes_to_all_again(memory: Memory) -> None:
    healthy, failing = memory.queues
    memory.publish()
    healthy.get().ack()

    for _ in range(5):
        failing.get().requeue()

    assert _drained(healthy) == 5


def test_call_to_nobody_is_unavailable(broker: EmbeddedBroker) -> None:
    with pytest.raises(Unavailable):
        broker.call("nobody", Request("ping", {}))


def test_stock_mandatory_message_to_nobody_is_taken_for_delivered(memory: Memory) -> None:
    returned: list[Any] = []

    memory.publish("nobody", mandatory=True, on_return=lambda *about: returned.append(about))

    assert returned == []


def test_message_that_was_not_taken_is_not_confirmed(broker: EmbeddedBroker) -> None:
    broker.bind("away", [NoteWritten.type], lambda _: False)

    with pytest.raises(Unavailable):
        broker.publish([said(NoteWritten(note_id=new_id(), text="x"))])


def test_stock_message_that_was_not_acked_vanishes_with_its_channel(memory: Memory) -> None:
    queue = memory.queues[0]
    for _ in range(3):
        memory.publish()
    another = memory.connection.channel()
    assert queue(another).get() is not None

    another.close()

    assert _drained(queue) == 2


def _drained(queue: Any) -> int:
    """How many messages lie in the queue; takes them out."""
    return sum(1 for _ in iter(lambda: queue.get(no_ack=True), None))
