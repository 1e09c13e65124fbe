"""Restarts: whatever ends, and however, nothing that was written down is lost, and nothing takes effect twice."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select

from gateway.rpc import Rpc
from kit.broker.bus import Unavailable
from kit.context import Context
from kit.ids import new_id
from kit.messages.inbox import InboxRow
from kit.messages.outbox import OutboxRow
from kit.viewer import Viewer
from kit.wire.envelope import Envelope
from kit.work.due import State
from tests.kit.contract.gates import Gate
from tests.kit.contract.places import PATIENCE, Place
from tests.kit.contract.saying import said
from tests.kit.contract.small_services import Note, NoteReminded, NoteWritten, Seen
from tests.kit.contract.waiting import soon

WAITING_LINE = "a message waits for the database"


@pytest.mark.parametrize("claimed", [False, True], ids=["unclaimed", "claimed by a relay that died"])
async def test_what_had_not_left_leaves_after_a_restart(place: Place, claimed: bool) -> None:
    place.stop()
    envelopes = [said(NoteWritten(note_id=new_id(), text="left behind")) for _ in range(5)]
    claimed_until = place.now() + timedelta(seconds=1) if claimed else None
    for envelope in envelopes:
        place.change("notes", insert(OutboxRow).values(**_outbox(envelope), claimed_until=claimed_until))

    place.start()

    await soon(lambda: all(len(_seen(place, one.subject_id)) == 2 for one in envelopes), "not all have left")
    place.settle()
    assert [_seen(place, one.subject_id) for one in envelopes] == [["keep", "stumble"]] * 5


async def test_what_had_left_unmarked_leaves_again_and_takes_effect_once(place: Place, rpc: Rpc) -> None:
    note = await rpc.command("notes", "write", {"text": "sent, not marked"})
    await soon(lambda: len(_seen(place, note["id"])) == 2, "it has not been heard")
    place.stop()
    place.change("notes", OutboxRow.__table__.update().where(OutboxRow.subject_id == note["id"]).values(sent_at=None))

    place.start()

    query = select(OutboxRow.sent_at).where(OutboxRow.subject_id == note["id"])
    await soon(lambda: all(sent for (sent,) in place.rows("notes", query)), "it has not left again")
    place.settle()
    assert _seen(place, note["id"]) == ["keep", "stumble"]


async def test_retries_of_the_inbox_survive_a_restart(place: Place) -> None:
    place.stop()
    envelope = said(NoteWritten(note_id=new_id(), text="second try"))
    place.change("shelf", insert(InboxRow).values(**_waiting(envelope, place)))

    place.start()

    await soon(lambda: _seen(place, envelope.subject_id), "it was not tried again")
    place.publish(envelope)
    place.settle()
    assert _seen(place, envelope.subject_id) == ["keep", "stumble"]


async def test_what_is_due_survives_a_restart(place: Place, rpc: Rpc) -> None:
    note = await rpc.command("notes", "write", {"text": "think of it"})
    moment = place.now() + timedelta(hours=1)
    await rpc.command("notes", "remind", {"note_id": note["id"], "moment": moment.isoformat()})
    await asyncio.to_thread(place.stop)
    place.move_clock(timedelta(hours=2))

    await asyncio.to_thread(place.start)

    query = select(OutboxRow.id).where(OutboxRow.type == NoteReminded.type, OutboxRow.subject_id == note["id"])
    await soon(lambda: len(place.rows("notes", query)) == 1, "it was not done")


async def test_message_that_cannot_be_written_down_waits_without_spinning(place: Place) -> None:
    envelope = said(NoteWritten(note_id=new_id(), text="wait"))
    before = len(place.logged(WAITING_LINE))
    with place.database_held("shelf", table="inbox"):
        publishing = asyncio.create_task(asyncio.to_thread(_publish, place, envelope))
        await soon(lambda: len(place.logged(WAITING_LINE)) > before, "nobody waits")

    await publishing
    place.publish(envelope)
    await soon(lambda: len(_seen(place, envelope.subject_id)) == 2, "it was not handled")
    assert len(place.logged(WAITING_LINE)) - before <= 6
    assert _seen(place, envelope.subject_id) == ["keep", "stumble"]


async def test_message_that_was_not_acked_comes_again(place: Place, rpc: Rpc) -> None:
    before = len(place.logged(WAITING_LINE))
    with place.database_held("shelf", table="inbox"):
        note = await rpc.command("notes", "write", {"text": "come again"})
        await soon(lambda: len(place.logged(WAITING_LINE)) > before, "nobody waits")
        await asyncio.to_thread(place.crash)
    assert _seen(place, note["id"]) == []

    await asyncio.to_thread(place.start)

    await soon(lambda: len(_seen(place, note["id"])) == 2, "it has not come again")
    place.settle()
    assert _seen(place, note["id"]) == ["keep", "stumble"]


async def test_call_that_runs_when_its_service_is_stopped_is_answered(place: Place, rpc: Rpc, gate: Gate) -> None:
    held = asyncio.create_task(rpc.command("notes", "write_slowly", {"text": str(gate.path)}))
    await soon(lambda: gate.reached, "the call does not come")

    stopping = asyncio.create_task(asyncio.to_thread(place.stop))
    await soon(lambda: place.stopping, "it does not begin to stop")
    gate.open()

    note = await held
    await stopping
    assert place.rows("notes", select(Note.text).where(Note.id == note["id"])) == [(str(gate.path),)]
    await asyncio.to_thread(place.start)
    await soon(lambda: len(_seen(place, note["id"])) == 2, "what it said was not heard")


async def test_stopped_service_is_unavailable_at_once_and_serves_again_after_a_start(place: Place) -> None:
    async with place.wire() as wire:
        await asyncio.to_thread(place.stop)
        patient = Rpc(wire, Context(Viewer("x"), "en", "course"), timeout=PATIENCE)

        with pytest.raises(Unavailable, match="nobody serves"):
            async with asyncio.timeout(PATIENCE / 2):
                await patient.command("notes", "write", {"text": "x"})

    await asyncio.to_thread(place.start)
    async with place.wire() as wire:
        assert (await Rpc(wire, patient.context, PATIENCE).query("notes", "whoami"))["correlation_id"] == "course"


def _publish(place: Place, envelope: Envelope) -> None:
    # the embedded broker confirms what was written down, and this was not yet; a relay would come again
    with suppress(Unavailable):
        place.publish(envelope)


def _outbox(envelope: Envelope) -> dict[str, Any]:
    names = ("id", "type", "subject_type", "subject_id", "actor", "correlation_id", "time", "data")
    return {name: getattr(envelope, name) for name in names} | {"subject_version": envelope.version}


def _waiting(envelope: Envelope, place: Place) -> dict[str, Any]:
    names = ("type", "source", "subject_type", "subject_id", "version", "time", "actor", "correlation_id", "data")
    return {name: getattr(envelope, name) for name in names} | {
        "message_id": envelope.id,
        "handler": "shelf.stumble.v1",
        "received_at": place.now(),
        "state": State.WAITING,
        "due_at": place.now(),
        "attempts": 1,
    }


def _seen(place: Place, note_id: str) -> list[str]:
    return sorted(handler for (handler,) in place.rows("shelf", select(Seen.handler).where(Seen.note_id == note_id)))
