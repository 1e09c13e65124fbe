"""Together: messages that have come for a handler share a transaction, and nobody can tell but by the time it takes."""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import suppress

from sqlalchemy import select

from gateway.rpc import Rpc
from kit.broker.bus import Unavailable
from kit.ids import new_id
from kit.messages.inbox import InboxRow
from kit.wire.envelope import Envelope
from kit.work.due import State
from tests.kit.contract.gates import Gate
from tests.kit.contract.places import Place
from tests.kit.contract.saying import said
from tests.kit.contract.small_services import NoteRewritten, NoteWritten, Seen
from tests.kit.contract.waiting import soon

HANDLERS = ("keep", "stumble")


async def test_they_take_effect_in_the_order_in_which_they_came_but_for_those_that_fail(place: Place) -> None:
    note_id, bad = new_id(), {7, 8, 33, 59}
    messages = [said(NoteRewritten(note_id=note_id, text=f"{number}")) for number in range(60)]
    for number in bad:
        messages[number] = said(NoteRewritten(note_id=note_id, text=""), data={"note_id": note_id, "text": 7})

    place.publish(*messages, *messages[:20])

    await soon(lambda: _parked(place, note_id) == {messages[number].id for number in bad}, "not all are parked")
    place.settle()
    texts = place.rows("shelf", select(Seen.text).where(Seen.note_id == note_id).order_by(Seen.number))
    assert [text for (text,) in texts] == [f"{number}" for number in range(60) if number not in bad]


async def test_each_takes_effect_once_whichever_replica_gets_it_and_however_often(place: Place) -> None:
    await asyncio.to_thread(place.replicate, "shelf")
    messages = [said(NoteWritten(note_id=new_id(), text="many")) for _ in range(150)]

    await asyncio.gather(*(asyncio.to_thread(place.publish, *batch) for batch in (messages, messages[::-1], messages)))

    await soon(lambda: _all_once(place, messages), "not each has taken effect once in each handler")
    await asyncio.to_thread(place.settle)
    assert _all_once(place, messages)


async def test_those_whose_reader_is_killed_before_it_commits_come_again_and_take_effect_once(
    place: Place, rpc: Rpc, gate: Gate
) -> None:
    held = await rpc.command("notes", "write", {"text": f"hold {gate.path}"})
    await soon(lambda: gate.reached, "the handler has not been called")
    behind = [await rpc.command("notes", "write", {"text": f"behind {number}"}) for number in range(12)]
    ids = [note["id"] for note in (held, *behind)]

    await asyncio.to_thread(place.crash)
    gate.open()
    await asyncio.to_thread(place.start)

    once = Counter((handler, id_) for handler in HANDLERS for id_ in ids)
    await soon(lambda: _seen(place, ids) == once, "not each has taken effect once in each handler")
    await asyncio.to_thread(place.settle)
    assert _seen(place, ids) == once


async def test_those_among_which_the_database_goes_away_take_effect_once_when_it_is_back(place: Place) -> None:
    messages = [said(NoteWritten(note_id=new_id(), text="wait")) for _ in range(10)]
    before = len(_troubles(place))
    with place.database_held("shelf", table="seen"):
        publishing = asyncio.create_task(asyncio.to_thread(_publish, place, messages))
        await soon(lambda: len(_troubles(place)) > before, "nobody has noticed")

    await publishing
    await asyncio.to_thread(_publish, place, messages)
    await soon(lambda: _all_once(place, messages), "not each has taken effect once in each handler")


def _publish(place: Place, messages: list[Envelope]) -> None:
    with suppress(Unavailable):
        place.publish(*messages)


def _troubles(place: Place) -> list[object]:
    return [*place.logged("a message waits for the database"), *place.logged("a handler failed")]


def _parked(place: Place, note_id: str) -> set[str]:
    query = select(InboxRow.message_id).where(InboxRow.state == State.PARKED, InboxRow.subject_id == note_id)
    return {id_ for (id_,) in place.rows("shelf", query.where(InboxRow.handler == "shelf.keep.v1"))}


def _all_once(place: Place, messages: list[Envelope]) -> bool:
    ids = [message.subject_id for message in messages]
    return _seen(place, ids) == Counter((handler, id_) for handler in HANDLERS for id_ in ids)


def _seen(place: Place, note_ids: list[str]) -> Counter[tuple[str, str]]:
    rows = place.rows("shelf", select(Seen.handler, Seen.note_id).where(Seen.note_id.in_(note_ids)))
    return Counter((handler, id_) for handler, id_ in rows)
