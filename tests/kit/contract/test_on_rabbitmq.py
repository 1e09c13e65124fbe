"""On RabbitMQ: what only a broker of its own can do to a message: deliver it again, to another, or put it aside."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text

from gateway.rpc import Faulty, Rpc, Wire
from kit.broker.bus import NotTaken, Unavailable
from kit.broker.dead_letters import DeadLetter, DiedElsewhere, dead_letters, take_dead_letter
from kit.broker.topology import dead_queue
from kit.context import Context
from kit.ids import new_id
from kit.wire.envelope import to_amqp
from kit.wire.request import MOST_BYTES
from tests.kit.contract.gates import Gate
from tests.kit.contract.places import MESSAGE_BYTES, PATIENCE, AmqpPlace
from tests.kit.contract.raw import looked_at, put, raw_channel
from tests.kit.contract.saying import said
from tests.kit.contract.small_services import Note, NoteWritten, Seen
from tests.kit.contract.waiting import soon
from tests.servers.chaos import ChaosProxy

pytestmark = [pytest.mark.live, pytest.mark.parametrize("_place", ["amqp"], indirect=True)]

KEEP = "shelf.keep.v1"
SLOW = 0.6  # seconds, each way


async def test_what_is_no_message_lies_in_the_dead_letter_queue_until_somebody_decides(place: AmqpPlace) -> None:
    put(place.uri, b"nonsense", routing_key=KEEP, content_type="text/plain")

    [letter] = await soon(lambda: dead_letters(place.uri, [KEEP]), "it is not among the dead letters")

    assert (letter.queue, letter.reason, letter.content_type, letter.body) == (
        KEEP,
        "rejected",
        "text/plain",
        b"nonsense",
    )
    assert [again.id for again in dead_letters(place.uri, [KEEP])] == [letter.id]
    assert take_dead_letter(place.uri, [KEEP], letter.id, back_to_its_queue=False)
    assert dead_letters(place.uri, [KEEP]) == []


async def test_message_that_is_too_large_is_not_read_and_lies_whole_among_the_dead_letters(
    place: AmqpPlace, rpc: Rpc
) -> None:
    large = said(NoteWritten(note_id=new_id(), text="x" * MESSAGE_BYTES))
    body, content_type, headers = to_amqp(large)
    put(place.uri, body, routing_key=KEEP, content_type=content_type, application_headers=headers)

    [letter] = await soon(lambda: dead_letters(place.uri, [KEEP]), "it is not among the dead letters")

    assert (letter.reason, letter.body) == ("rejected", body)
    assert place.logged("a message is too large and was not read", bytes=len(body))
    assert take_dead_letter(place.uri, [KEEP], letter.id, back_to_its_queue=False)
    note = await rpc.command("notes", "write", {"text": "after it"})
    await soon(lambda: _seen(place, note["id"]) == ["keep", "stumble"], "what came after it was not handled")


async def test_call_that_is_too_large_is_refused_and_others_are_answered(wire: Wire, rpc: Rpc) -> None:
    with pytest.raises(Faulty, match="not JSON"):
        await rpc.command("notes", "write", {"text": "x" * MESSAGE_BYTES})

    assert (await rpc.query("notes", "whoami"))["viewer"] == rpc.context.viewer.id


async def test_publisher_tells_what_the_broker_does_not_take_from_a_broker_that_is_away(place: AmqpPlace) -> None:
    with pytest.raises(NotTaken, match="PreconditionFailed"):
        place.publish(said(NoteWritten(note_id=new_id(), text="x" * MOST_BYTES)))


async def test_dead_letter_can_be_put_back_into_its_queue(place: AmqpPlace) -> None:
    envelope = said(NoteWritten(note_id=new_id(), text="revived"))
    await asyncio.to_thread(place.stop)
    place.publish(envelope)
    _reject(place.uri, KEEP)
    [letter] = await soon(lambda: dead_letters(place.uri, [KEEP]), "it is not among the dead letters")
    await asyncio.to_thread(place.start)

    assert take_dead_letter(place.uri, [KEEP], letter.id, back_to_its_queue=True)

    await soon(lambda: _seen(place, envelope.subject_id) == ["keep", "stumble"], "it was not handled")
    assert looked_at(place.uri, dead_queue(KEEP))[0] == 0


async def test_letter_that_was_laid_into_the_dead_letter_queue_is_not_put_back(place: AmqpPlace) -> None:
    body, content_type, headers = to_amqp(said(NoteWritten(note_id=new_id(), text="planted")))
    death = {"x-death": [{"queue": "shelf.stumble.v1", "reason": "rejected", "exchange": "hub.messages", "count": 1}]}
    properties = {"content_type": content_type, "application_headers": {**headers, **death}}
    put(place.uri, body, routing_key=dead_queue(KEEP), **properties)
    [letter] = await soon(lambda: dead_letters(place.uri, [KEEP]), "it is not among the dead letters")

    with pytest.raises(DiedElsewhere):
        take_dead_letter(place.uri, [KEEP], letter.id, back_to_its_queue=True)

    assert take_dead_letter(place.uri, [KEEP], letter.id, back_to_its_queue=False)


async def test_message_that_can_never_be_written_down_becomes_a_dead_letter(place: AmqpPlace, rpc: Rpc) -> None:
    envelope = said(NoteWritten(note_id=new_id(), text="no table"))
    with _without_inbox(place):
        place.publish(envelope)
        queues = [KEEP, "shelf.stumble.v1"]
        letters = await soon(lambda: _both(dead_letters(place.uri, queues)), "it is not among the dead letters")

    assert [letter.reason for letter in letters] == ["delivery_limit"] * 2
    for letter in letters:
        assert take_dead_letter(place.uri, [letter.queue], letter.id, back_to_its_queue=True)
    await soon(lambda: _seen(place, envelope.subject_id) == ["keep", "stumble"], "it was not handled")
    assert await rpc.query("shelf", "count") > 0


async def test_message_whose_handler_is_killed_comes_again_and_takes_effect_once(
    place: AmqpPlace, rpc: Rpc, gate: Gate
) -> None:
    note = await rpc.command("notes", "write", {"text": f"hold {gate.path}"})
    await soon(lambda: gate.reached, "the handler has not been called")
    await asyncio.to_thread(place.crash)
    assert "stumble" not in _seen(place, note["id"])

    gate.open()
    await asyncio.to_thread(place.start)

    await soon(lambda: _seen(place, note["id"]) == ["keep", "stumble"], "it has not come again")
    await asyncio.to_thread(place.settle)
    assert _seen(place, note["id"]) == ["keep", "stumble"]


async def test_replicas_share_the_messages(place: AmqpPlace, rpc: Rpc) -> None:
    await asyncio.to_thread(place.replicate, "shelf")

    notes = await asyncio.gather(*(rpc.command("notes", "write", {"text": "shared"}) for _ in range(50)))

    await asyncio.to_thread(place.settle)
    seen = Counter(handler for note in notes for handler in _seen(place, note["id"]))
    assert seen == {"keep": 50, "stumble": 50}
    await asyncio.to_thread(place.stop)


async def test_call_that_is_under_way_to_a_service_when_it_is_told_to_stop_is_answered(
    place: AmqpPlace, rpc: Rpc
) -> None:
    with ChaosProxy(place.broker.port) as network, place.behind(network):
        network.latency(SLOW)
        call = asyncio.create_task(rpc.command("notes", "write", {"text": "under way"}))
        await asyncio.sleep(0)  # it leaves; the order to stop is faster than it, and reaches the broker after it

        await asyncio.to_thread(place.stop)

        note = await call
    assert place.rows("notes", select(Note.id).where(Note.text == "under way")) == [(note["id"],)]


async def test_process_whose_container_has_died_ends_and_says_why(place: AmqpPlace, wire: Wire) -> None:
    await asyncio.to_thread(place.stop)
    fragile = await asyncio.to_thread(place.start_other, "tests.kit.contract.fragile", "notes")
    assert (await Rpc(wire, Context(), PATIENCE).query("notes", "whoami"))["locale"] == "zh-CN"

    with pytest.raises(Unavailable):
        await Rpc(wire, Context(), timeout=4).command("notes", "fail", {"text": "x"})

    await soon(lambda: fragile.poll() is not None, "the process lives on without serving")
    assert fragile.returncode == 1
    assert place.logged("RuntimeError: the container breaks")


def _reject(uri: str, queue: str) -> None:
    """As a reader who cannot read what comes."""
    with raw_channel(uri) as channel:
        while (message := channel.basic_get(queue)) is None:
            continue
        channel.basic_reject(message.delivery_tag, requeue=False)


@contextmanager
def _without_inbox(place: AmqpPlace) -> Iterator[None]:
    place.change("shelf", text("ALTER TABLE inbox RENAME TO elsewhere"))
    try:
        yield
    finally:
        place.change("shelf", text("ALTER TABLE elsewhere RENAME TO inbox"))


def _both(letters: list[DeadLetter]) -> list[DeadLetter]:
    """One letter of each of two queues, or nothing yet."""
    return letters if len(letters) == 2 else []


async def test_group_that_is_killed_in_the_middle_leaves_nothing_and_is_done_once_when_asked_again(
    place: AmqpPlace, rpc: Rpc, gate: Gate, tmp_path: Path
) -> None:
    middle, keys = Gate(tmp_path / "middle"), [new_id() for _ in range(5)]
    texts = [*keys[:-1], f"stay {middle.path}"]

    def ask(rpc: Rpc) -> list[asyncio.Task[Any]]:
        calls = zip(texts, keys, strict=True)
        return [asyncio.create_task(rpc.command("notes", "write_together", {"text": text}, key)) for text, key in calls]

    leading = asyncio.create_task(rpc.command("notes", "write_together", {"text": f"hold {gate.path}"}))
    await soon(lambda: gate.reached, "it is not carried out")
    asked = ask(rpc)
    await place.gathered(rpc, len(asked))
    gate.open()
    await leading
    await soon(lambda: middle.reached, "the group is not carried out")
    await asyncio.to_thread(place.crash)
    written = select(Note.text).where(Note.text.in_(texts))
    assert place.rows("notes", written) == []
    for call in asked:
        call.cancel()
    middle.open()
    await asyncio.to_thread(place.start)

    async with place.wire() as wire:
        answers = [await asyncio.gather(*ask(Rpc(wire, rpc.context, PATIENCE))) for _ in range(2)]

    assert answers[0] == answers[1]
    assert sorted(text for (text,) in place.rows("notes", written)) == sorted(texts)


def _seen(place: AmqpPlace, note_id: str) -> list[str]:
    return sorted(handler for (handler,) in place.rows("shelf", select(Seen.handler).where(Seen.note_id == note_id)))
