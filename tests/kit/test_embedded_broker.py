"""Embedded broker: a publish is confirmed when every subscriber has written the message down; calls find their service."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError
from typing import Any

import pytest

from kit.broker.bus import Unavailable
from kit.broker.embedded_broker import EmbeddedBroker
from kit.wire.envelope import Envelope
from kit.wire.request import Request
from tests.kit.test_db import together
from tests.kit.things import an_envelope, eventually, lanes

TYPE = "tests.thing_happened"
TOGETHER = 3


class Subscriber:
    """Writes down what it receives; `says` what is answered, True when that has run out."""

    def __init__(self, *says: bool | Exception) -> None:
        self.received: list[Envelope] = []
        self._says = list(says)

    def __call__(self, envelopes: Sequence[Envelope]) -> bool:
        self.received.extend(envelopes)
        answer = self._says.pop(0) if self._says else True
        if isinstance(answer, Exception):
            raise answer
        return answer


@pytest.fixture
def broker() -> Iterator[EmbeddedBroker]:
    broker = EmbeddedBroker(lanes=lanes(4), timeout=60, together=TOGETHER)
    yield broker
    broker.close()


@pytest.fixture
def hasty() -> Iterator[EmbeddedBroker]:
    """One that waits a short time only."""
    broker = EmbeddedBroker(lanes=lanes(1), timeout=0.05, together=TOGETHER)
    yield broker
    broker.close()


def test_a_message_reaches_every_queue_bound_to_its_type_before_the_publish_returns(broker: EmbeddedBroker) -> None:
    first, second, other = Subscriber(), Subscriber(), Subscriber()
    broker.bind("first", [TYPE, "tests.another"], first)
    broker.bind("second", [TYPE], second)
    broker.bind("other", ["tests.another"], other)
    envelopes = [an_envelope(), an_envelope(), an_envelope(type="tests.nobody_hears")]

    broker.publish(envelopes)

    assert first.received == second.received == envelopes[:2]
    assert other.received == []


def test_messages_come_in_order_several_at_a_time_and_one_batch_after_the_other(broker: EmbeddedBroker) -> None:
    at_work, most, seen, together = [0], [0], [], []
    lock = threading.Lock()

    def receive(envelopes: Sequence[Envelope]) -> bool:
        with lock:
            at_work[0] += 1
            most[0] = max(most[0], at_work[0])
        together.append(len(envelopes))
        seen.extend(envelope.version for envelope in envelopes)
        with lock:
            at_work[0] -= 1
        return True

    broker.bind("queue", [TYPE], receive)
    broker.publish([an_envelope(version=number) for number in range(1, 200)])

    assert seen == list(range(1, 200))
    assert most == [1]
    assert max(together) == TOGETHER


def test_what_was_not_written_down_is_not_confirmed_and_comes_again(broker: EmbeddedBroker) -> None:
    subscriber = Subscriber(False)
    broker.bind("queue", [TYPE], subscriber)
    envelope = an_envelope()

    with pytest.raises(Unavailable):
        broker.publish([envelope])
    broker.publish([envelope])

    assert subscriber.received == [envelope, envelope]


def test_a_queue_whose_subscriber_raises_lives_on(broker: EmbeddedBroker) -> None:
    subscriber = Subscriber(ValueError("a bug"))
    broker.bind("queue", [TYPE], subscriber)
    first, second = an_envelope(), an_envelope()

    with pytest.raises(Unavailable):
        broker.publish([first])
    broker.publish([second])

    assert subscriber.received == [first, second]


def test_a_subscriber_that_does_not_answer_is_waited_for_a_while_only(hasty: EmbeddedBroker) -> None:
    go_on, received = threading.Event(), []
    envelope = an_envelope()

    def slow(found: Sequence[Envelope]) -> bool:
        received.extend(found)
        return go_on.wait(60)

    hasty.bind("queue", [TYPE], slow)
    for _ in range(2):  # a second publishing waits for the first, and queues nothing again
        with pytest.raises(Unavailable):
            hasty.publish([envelope])

    go_on.set()
    eventually(lambda: not hasty._queues[0]._waiting)
    assert received == [envelope]


def test_two_relays_that_publish_the_same_message_at_once_have_it_received_once(broker: EmbeddedBroker) -> None:
    begun, go_on, received = threading.Event(), threading.Event(), []
    envelope = an_envelope()

    def receive(found: Sequence[Envelope]) -> bool:
        begun.set()
        assert go_on.wait(60)
        received.extend(found)
        return True

    broker.bind("queue", [TYPE], receive)
    release = threading.Timer(0.05, go_on.set)
    release.start()
    together([lambda: broker.publish([envelope])] * 4)

    assert begun.is_set()
    assert received == [envelope]


def test_passing_listeners_hear_what_every_subscriber_has_written_down(broker: EmbeddedBroker) -> None:
    heard: list[str] = []
    subscriber = Subscriber(False)
    broker.bind("queue", [TYPE], subscriber)
    broker.overhear([TYPE], lambda envelope: heard.append(envelope.id))
    broker.overhear(["tests.another"], lambda envelope: heard.append("another"))
    lost, kept = an_envelope(), an_envelope()

    with pytest.raises(Unavailable):
        broker.publish([lost])
    broker.publish([kept])

    assert heard == [kept.id]


def test_a_call_is_answered_by_the_service_of_its_name_in_what_would_come_off_the_wire(broker: EmbeddedBroker) -> None:
    asked: list[Request] = []

    def answer(request: Request) -> dict[str, Any]:
        asked.append(request)
        request.arguments["list"].append("changed by the callee")
        return {"result": ("a", "tuple"), "error": None}

    broker.serve("alliances", answer, {"m"})
    arguments: dict[str, Any] = {"list": [1]}

    payload = broker.call("alliances", Request("organizations", arguments)).result(60)

    assert payload == {"result": ["a", "tuple"], "error": None}
    assert arguments == {"list": [1]}
    assert asked[0].method == "organizations"


def test_no_answer_stays_no_answer(broker: EmbeddedBroker) -> None:
    broker.serve("alliances", lambda _: None, {"m"})

    assert broker.call("alliances", Request("m", {})).result(60) is None


def test_a_service_that_nobody_serves_is_unavailable_at_once(broker: EmbeddedBroker) -> None:
    with pytest.raises(Unavailable, match="nobody serves alliances"):
        broker.call("alliances", Request("m", {}))


def test_a_service_that_was_withdrawn_ends_what_runs_and_takes_no_more(broker: EmbeddedBroker) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def answer(_: Request) -> dict[str, Any]:
        begun.set()
        assert go_on.wait(60)
        return {"result": "done", "error": None}

    broker.serve("alliances", answer, {"m"})
    running = broker.call("alliances", Request("m", {}))
    assert begun.wait(60)
    withdrawing = threading.Thread(target=broker.withdraw, args=["alliances"])
    withdrawing.start()
    eventually(lambda: "alliances" not in broker._services)

    with pytest.raises(Unavailable):
        broker.call("alliances", Request("m", {}))
    go_on.set()
    withdrawing.join(60)
    assert running.result(60) == {"result": "done", "error": None}


def test_close_lets_go_of_what_waits_and_ends_every_thread() -> None:
    names = {thread.name for thread in threading.enumerate()}
    broker = EmbeddedBroker(lanes=lanes(1), timeout=60, together=TOGETHER)
    begun, go_on = threading.Event(), threading.Event()
    outcomes: list[str] = []

    def receive(_: Sequence[Envelope]) -> bool:
        begun.set()
        return go_on.wait(60)

    broker.bind("a closing queue", [TYPE], receive)
    publishing = threading.Thread(target=lambda: outcomes.append(outcome_of(lambda: broker.publish(more))))
    more = [an_envelope() for _ in range(TOGETHER + 1)]
    publishing.start()
    assert begun.wait(60)

    broker.close()
    broker.close()
    go_on.set()
    publishing.join(60)

    assert outcomes == ["Unavailable"]
    eventually(lambda: {thread.name for thread in threading.enumerate()} <= names)
    assert outcome_of(lambda: broker.call("alliances", Request("m", {}))) == "Unavailable"


def outcome_of(deed: Callable[[], object]) -> str:
    try:
        deed()
    except (Unavailable, CancelledError) as error:
        return type(error).__name__
    return "done"


def test_a_message_for_a_broker_that_was_closed_is_refused_at_once_and_not_waited_for() -> None:
    broker, subscriber = (
        EmbeddedBroker(lanes=lanes(1), timeout=3600, together=TOGETHER),
        Subscriber(),
    )  # whoever waited would wait for an hour
    broker.bind("first", [TYPE], subscriber)
    broker.close()

    with pytest.raises(Unavailable):
        broker.publish([an_envelope()])

    assert subscriber.received == []
