"""Messages: what a command has recorded takes effect once in every handler of its type, and in no other."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import Any

from sqlalchemy import select

from gateway.rpc import Rpc
from kit.ids import new_id
from kit.messages.outbox import OutboxRow
from tests.kit.contract.places import Place
from tests.kit.contract.saying import said
from tests.kit.contract.small_services import Heard, NoteReminded, NoteRewritten, NoteWritten, Seen
from tests.kit.contract.waiting import soon

WRITTEN, REWRITTEN = NoteWritten.type, NoteRewritten.type


async def test_message_reaches_every_handler_of_its_type_in_every_service(rpc: Rpc, place: Place) -> None:
    note = await rpc.command("notes", "write", {"text": "hello"})

    await soon(
        lambda: len(_seen(place, note["id"])) == 2 and _heard(place, note["id"]), "a handler has not heard of it"
    )
    place.settle()
    assert _seen(place, note["id"]) == [("keep", WRITTEN, "hello"), ("stumble", WRITTEN, "hello")]
    assert _heard(place, note["id"]) == 1


async def test_one_handler_hears_several_types_and_others_only_their_own(rpc: Rpc, place: Place) -> None:
    note = await rpc.command("notes", "write", {"text": "first"})
    await rpc.command("notes", "rewrite", {"note_id": note["id"], "text": "second"})

    await soon(lambda: len(_seen(place, note["id"])) == 3, "a handler has not heard of it")
    place.settle()
    assert _seen(place, note["id"]) == [
        ("keep", WRITTEN, "first"),
        ("keep", REWRITTEN, "second"),
        ("stumble", WRITTEN, "first"),
    ]
    assert _heard(place, note["id"]) == 1


async def test_handler_acts_for_who_made_the_message(rpc: Rpc, place: Place) -> None:
    note = await rpc.command("notes", "write", {"text": "mine"})

    query = select(Seen.actor, Seen.correlation_id).where(Seen.note_id == note["id"])
    rows = await soon(lambda: place.rows("shelf", query), "nobody has heard of it")
    assert set(rows) == {(rpc.context.viewer.id, rpc.context.correlation_id)}


async def test_message_that_nobody_hears_leaves_the_outbox(place: Place, rpc: Rpc) -> None:
    note = await rpc.command("notes", "write", {"text": "remind me"})
    await rpc.command("notes", "remind", {"note_id": note["id"], "moment": place.now().isoformat()})

    query = select(OutboxRow.sent_at).where(OutboxRow.type == NoteReminded.type, OutboxRow.subject_id == note["id"])
    await soon(lambda: [sent for (sent,) in place.rows("notes", query) if sent], "it has not left")
    place.settle()
    assert len(_seen(place, note["id"])) == 2


async def test_message_delivered_again_takes_effect_once(place: Place) -> None:
    envelope = said(NoteWritten(note_id=new_id(), text="again"))

    for _ in range(3):
        place.publish(envelope, envelope)
        place.settle()

    assert _seen(place, envelope.subject_id) == [("keep", WRITTEN, "again"), ("stumble", WRITTEN, "again")]
    assert _heard(place, envelope.subject_id) == 1


async def test_two_messages_about_one_version_are_two(place: Place) -> None:
    note_id = new_id()
    first, second = (said(NoteWritten(note_id=note_id, text=text)) for text in ("one", "two"))

    place.publish(first, second)
    place.settle()

    assert Counter(_seen(place, note_id)) == Counter(
        (handler, WRITTEN, text) for handler in ("keep", "stumble") for text in ("one", "two")
    )


async def test_every_message_of_many_commands_takes_effect_once(rpc: Rpc, place: Place) -> None:
    notes = await asyncio.gather(*(rpc.command("notes", "write", {"text": f"{number}"}) for number in range(200)))

    await asyncio.to_thread(place.settle)
    assert Counter(_all_seen(place, notes)) == Counter(
        (handler, note["id"]) for note in notes for handler in ("keep", "stumble")
    )


def _all_seen(place: Place, notes: list[dict[str, Any]]) -> list[tuple[str, str]]:
    ids = {note["id"] for note in notes}
    return [tuple(row) for row in place.rows("shelf", select(Seen.handler, Seen.note_id)) if row.note_id in ids]


def _seen(place: Place, note_id: str) -> list[tuple[str, str, str]]:
    rows = place.rows("shelf", select(Seen.handler, Seen.type, Seen.text).where(Seen.note_id == note_id))
    return sorted((tuple(row) for row in rows), key=lambda row: (row[0], row[2]))


def _heard(place: Place, note_id: str) -> int:
    return len(place.rows("notes", select(Heard.number).where(Heard.note_id == note_id)))
