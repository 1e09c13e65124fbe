"""Failing handlers: what fails is tried again out of the inbox table, then parked with its error; nobody else waits for it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from gateway.rpc import Rpc
from kit.ids import new_id
from kit.messages.inbox import InboxRow
from kit.work.due import State
from tests.kit.contract.gates import Gate
from tests.kit.contract.places import ATTEMPTS, Place
from tests.kit.contract.saying import said
from tests.kit.contract.small_services import NoteWritten, Seen
from tests.kit.contract.waiting import soon

KEEP, STUMBLE = "shelf.keep.v1", "shelf.stumble.v1"


async def test_handler_that_failed_is_tried_again_until_it_succeeds(rpc: Rpc, place: Place, gate: Gate) -> None:
    note = await rpc.command("notes", "write", {"text": f"until {gate.path}"})
    await soon(lambda: gate.reached, "the handler has not been called")

    gate.open()

    await soon(lambda: len(_seen(place, note["id"])) == 2, "it has not been tried again")
    assert _seen(place, note["id"]) == ["keep", "stumble"]
    assert _row(place, note["id"], STUMBLE) == (State.DONE, None, None)


async def test_handler_that_always_fails_is_parked_with_its_error(rpc: Rpc, place: Place) -> None:
    note = await rpc.command("notes", "write", {"text": "never mind"})

    row = await soon(lambda: _parked(place, note["id"]), "it has not been parked")

    assert (row.handler, row.attempts, row.error) == (STUMBLE, ATTEMPTS, "RuntimeError: never mind")
    assert row.data == {"note_id": note["id"], "text": "never mind"}
    assert _seen(place, note["id"]) == ["keep"]


async def test_messages_behind_a_failing_one_pass_it(rpc: Rpc, place: Place) -> None:
    failing = await rpc.command("notes", "write", {"text": "never again"})
    behind = await rpc.command("notes", "write", {"text": "behind"})

    await soon(lambda: _seen(place, behind["id"]) == ["keep", "stumble"], "the next message waits")
    await soon(lambda: _parked(place, failing["id"]), "it has not been parked")


async def test_parked_message_delivered_again_stays_parked(place: Place) -> None:
    envelope = said(NoteWritten(note_id=new_id(), text="never ever"))
    place.publish(envelope)
    parked = await soon(lambda: _parked(place, envelope.subject_id), "it has not been parked")

    place.publish(envelope)
    place.settle()

    assert _parked(place, envelope.subject_id) == parked


async def test_data_that_do_not_fit_are_parked_with_what_is_wrong(place: Place) -> None:
    envelope = said(NoteWritten(note_id=new_id(), text="x"), data={"text": 7})

    place.publish(envelope)

    row = await soon(lambda: _parked(place, envelope.subject_id, KEEP), "it has not been parked")
    assert row.error.startswith("ValidationError:") and "note_id" in row.error and "text" in row.error
    assert (row.data, row.attempts) == ({"text": 7}, ATTEMPTS)
    assert _seen(place, envelope.subject_id) == []


async def test_field_of_a_newer_writer_is_no_fault(place: Place) -> None:
    note_id = new_id()

    place.publish(said(NoteWritten(note_id=note_id, text="x"), data={"note_id": note_id, "text": "x", "colour": "red"}))

    await soon(lambda: _seen(place, note_id) == ["keep", "stumble"], "it has not been heard")


def _seen(place: Place, note_id: str) -> list[str]:
    return sorted(handler for (handler,) in place.rows("shelf", select(Seen.handler).where(Seen.note_id == note_id)))


def _row(place: Place, note_id: str, handler: str) -> Any:
    query = select(InboxRow.state, InboxRow.error, InboxRow.data)
    [row] = place.rows("shelf", query.where(InboxRow.subject_id == note_id, InboxRow.handler == handler))
    return tuple(row)


def _parked(place: Place, note_id: str, handler: str = STUMBLE) -> Any:
    query = select(InboxRow.handler, InboxRow.attempts, InboxRow.error, InboxRow.data, InboxRow.received_at)
    query = query.where(InboxRow.state == State.PARKED, InboxRow.subject_id == note_id, InboxRow.handler == handler)
    return next(iter(place.rows("shelf", query)), None)
