"""Held up: of what a service says, one message that cannot leave stops no other, on any bus."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import insert, select, update

from gateway.rpc import Rpc
from kit.messages.outbox import OutboxRow
from kit.work.due import State
from tests.kit.contract.places import MESSAGE_BYTES, Place
from tests.kit.contract.saying import said
from tests.kit.contract.small_services import Note, NoteRewritten, Seen
from tests.kit.contract.waiting import soon

REWRITTEN = NoteRewritten.type


@pytest.fixture(params=["too large", "no type"])
def bad(request: pytest.FixtureRequest) -> dict[str, Any]:
    """What is wrong with a row of the outbox."""
    return {"too large": {"data": {"text": "x" * MESSAGE_BYTES}}, "no type": {"type": ""}}[request.param]


async def test_message_that_cannot_leave_is_parked_and_only_its_subject_waits_behind_it(
    rpc: Rpc, place: Place, bad: dict[str, Any]
) -> None:
    held = await rpc.command("notes", "write", {"text": "held up"})
    await soon(lambda: len(_seen(place, held["id"])) == 2, "it was not handled")
    bad_id = _say_badly(place, held["id"], bad)
    await soon(lambda: _row(place, bad_id).state == State.PARKED, "it is not parked")

    await rpc.command("notes", "rewrite", {"note_id": held["id"], "text": "behind it"})
    other = await rpc.command("notes", "write", {"text": "another"})
    await soon(lambda: len(_seen(place, other["id"])) == 2, "another waits too")
    assert REWRITTEN not in _seen(place, held["id"])

    good = {"type": REWRITTEN, "data": NoteRewritten(note_id=held["id"], text="mended").data()}
    again = {"state": State.WAITING, "attempts": 0, "due_at": None}
    place.change("notes", update(OutboxRow).where(OutboxRow.id == bad_id).values(**good, **again))
    await rpc.command("notes", "write", {"text": "its relay looks again"})

    said_at_last = {"held up", "mended", "behind it"}
    await soon(lambda: _texts(place, held["id"]) == said_at_last, "it, or what waited behind it, has not left")


def _say_badly(place: Place, note_id: str, bad: dict[str, Any]) -> str:
    """A second message about a note, of a kind that no service records; its id."""
    envelope = said(NoteRewritten(note_id=note_id, text="bad"))
    names = ("id", "type", "subject_type", "subject_id", "actor", "correlation_id", "time", "data")
    values = {name: getattr(envelope, name) for name in names} | {"subject_version": 2} | bad
    place.change("notes", insert(OutboxRow).values(**values))
    place.change("notes", Note.__table__.update().where(Note.id == note_id).values(version=2))
    return envelope.id


def _row(place: Place, message_id: str) -> Any:
    [row] = place.rows("notes", select(OutboxRow.state, OutboxRow.error).where(OutboxRow.id == message_id))
    return row


def _seen(place: Place, note_id: str) -> list[str]:
    return [type_ for (type_,) in place.rows("shelf", select(Seen.type).where(Seen.note_id == note_id))]


def _texts(place: Place, note_id: str) -> set[str]:
    return {text for (text,) in place.rows("shelf", select(Seen.text).where(Seen.note_id == note_id))}
