"""Idempotency: the first answer to a key is given again, whatever it was, and nothing is done twice."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import select

from gateway.rpc import Refused, Rpc, Wire
from kit.broker.bus import Unavailable
from kit.calls.answers import Answer
from kit.context import Context
from kit.ids import new_id
from kit.viewer import Viewer
from tests.kit.contract.gates import Gate
from tests.kit.contract.places import KEYS_EACH, PATIENCE, Place
from tests.kit.contract.small_services import Note, Seat, Seen
from tests.kit.contract.waiting import soon


async def test_same_key_gives_the_same_answer_and_one_effect(rpc: Rpc, place: Place) -> None:
    key, text = new_id(), f"once {new_id()}"

    answers = [await rpc.command("notes", "write", {"text": text}, key) for _ in range(3)]

    assert answers == [answers[0]] * 3
    assert place.rows("notes", select(Note.id).where(Note.text == text)) == [(answers[0]["id"],)]
    await soon(lambda: _seen(place, text) == ["keep", "stumble"], "the message has not been heard")


async def test_key_of_another_request_is_refused(rpc: Rpc, place: Place) -> None:
    key, text = new_id(), f"second {new_id()}"
    await rpc.command("notes", "write", {"text": "first"}, key)

    assert await _refusal(rpc, "write", {"text": text}, key) == "IDEMPOTENCY_KEY_REUSED"
    assert await _refusal(rpc, "take_seat", {"name": text}, key) == "IDEMPOTENCY_KEY_REUSED"
    assert place.rows("notes", select(Note.id).where(Note.text == text)) == []
    assert place.rows("notes", select(Seat.name).where(Seat.name == text)) == []


async def test_key_belongs_to_its_viewer(rpc: Rpc, wire: Wire) -> None:
    key = new_id()
    another = Rpc(wire, Context(Viewer("person:another"), "en", new_id()), PATIENCE)

    mine = await rpc.command("notes", "write", {"text": "the same"}, key)
    theirs = await another.command("notes", "write", {"text": "the same"}, key)

    assert mine["id"] != theirs["id"]


async def test_refusal_is_remembered_after_its_reason_is_gone(rpc: Rpc, place: Place) -> None:
    key, seat = new_id(), new_id()
    await rpc.command("notes", "take_seat", {"name": seat})
    assert await _refusal(rpc, "take_seat", {"name": seat}, key) == "TEST_SEAT_TAKEN"

    await rpc.command("notes", "leave_seat", {"name": seat})

    assert await _refusal(rpc, "take_seat", {"name": seat}, key) == "TEST_SEAT_TAKEN"
    assert place.rows("notes", select(Seat.name).where(Seat.name == seat)) == []
    assert await rpc.command("notes", "take_seat", {"name": seat}, new_id()) == seat


async def test_two_at_once_with_one_key_have_one_effect(rpc: Rpc, place: Place, gate: Gate) -> None:
    key, text = new_id(), str(gate.path)
    calls = [asyncio.create_task(rpc.command("notes", "write_slowly", {"text": text}, key)) for _ in range(2)]
    await soon(lambda: gate.reached, "the calls do not come")

    gate.open()

    first, second = await asyncio.gather(*calls)
    assert first == second
    assert place.rows("notes", select(Note.id).where(Note.text == text)) == [(first["id"],)]


async def test_many_at_once_with_one_key_have_one_effect(rpc: Rpc, place: Place) -> None:
    key, text = new_id(), f"many {new_id()}"

    answers = await asyncio.gather(*(rpc.command("notes", "write", {"text": text}, key) for _ in range(20)))

    assert answers == [answers[0]] * 20
    assert len(place.rows("notes", select(Note.id).where(Note.text == text))) == 1


async def test_fault_is_not_remembered(rpc: Rpc, place: Place) -> None:
    key, text = new_id(), f"after the fault {new_id()}"
    with place.database_held("notes", table="answers"), pytest.raises(Unavailable):
        await rpc.command("notes", "write", {"text": text}, key)

    written = await rpc.command("notes", "write", {"text": text}, key)

    assert place.rows("notes", select(Note.id).where(Note.text == text)) == [(written["id"],)]


async def test_nothing_is_kept_for_a_visitor(wire: Wire, place: Place) -> None:
    visitor, key = Rpc(wire, Context(), PATIENCE), new_id()

    first, second = [await visitor.command("notes", "write", {"text": "nobody's"}, key) for _ in range(2)]
    await _refusal(visitor, "write", {"text": "forbidden"}, key)

    assert first["id"] != second["id"]
    assert _kept(place, "") == []


@pytest.mark.parametrize(
    ("method", "arguments", "code"),
    [
        ("reserve_seat", {"name": "one"}, "NOT_ALLOWED"),
        ("rewrite", {"note_id": "none", "text": "x"}, "INVALID"),
        ("write", {"text": "x" * 1001}, "TOO_LONG"),
    ],
)
async def test_what_anybody_is_told_for_the_asking_is_not_kept(
    rpc: Rpc, place: Place, method: str, arguments: dict[str, str], code: str
) -> None:
    assert await _refusal(rpc, method, arguments, new_id()) == code

    assert _kept(place, rpc.context.viewer.id) == []


@pytest.mark.parametrize(
    ("key", "code"),
    [
        ("", "TOO_SHORT"),
        ("x" * 201, "TOO_LONG"),
        ("键" * 1_000_000, "TOO_LONG"),
        ("two\nlines", "INVALID"),
        ("nul\x00", "INVALID"),
        ("half \ud800", "INVALID"),
        ("\u202eturned", "INVALID"),
    ],
    ids=["empty", "201", "a million", "two lines", "nul", "half a pair", "turned"],
)
async def test_key_that_cannot_be_is_refused_by_its_name_and_nothing_is_done(
    rpc: Rpc, place: Place, key: str, code: str
) -> None:
    text = f"not done {new_id()}"
    with pytest.raises(Refused) as refused:
        await rpc.command("notes", "write", {"text": text}, key)

    assert [(each.code, each.field) for each in refused.value.refusals] == [(code, "idempotencyKey")]
    assert place.rows("notes", select(Note.id).where(Note.text == text)) == []
    assert (await rpc.query("notes", "whoami"))["viewer"] == rpc.context.viewer.id


async def test_key_of_200_printable_characters_is_one(rpc: Rpc) -> None:
    key = "键 key-" * 33 + "é!"

    first, second = [await rpc.command("notes", "write", {"text": "long"}, key) for _ in range(2)]

    assert (len(key), first) == (200, second)


async def test_one_person_fills_no_table(rpc: Rpc, wire: Wire, place: Place) -> None:
    answers = [await rpc.command("notes", "write", {"text": "again"}, f"key {n}") for n in range(KEYS_EACH)]

    assert await _refusal(rpc, "write", {"text": "again"}, "one more") == "IDEMPOTENCY_KEYS_USED_UP"

    assert len(_kept(place, rpc.context.viewer.id)) == KEYS_EACH
    assert await rpc.command("notes", "write", {"text": "again"}, "key 0") == answers[0]
    assert (await rpc.command("notes", "write", {"text": "without"}))["text"] == "without"
    another = Rpc(wire, Context(Viewer(f"person:{new_id()}"), "en", new_id()), PATIENCE)
    assert (await another.command("notes", "write", {"text": "again"}, "one more"))["text"] == "again"


async def _refusal(rpc: Rpc, method: str, arguments: dict[str, str], key: str) -> str:
    with pytest.raises(Refused) as refused:
        await rpc.command("notes", method, arguments, key)
    [refusal] = refused.value.refusals
    return refusal.code


def _kept(place: Place, viewer: str) -> list[str]:
    return [key for (key,) in place.rows("notes", select(Answer.key).where(Answer.viewer == viewer))]


def _seen(place: Place, text: str) -> list[str]:
    return sorted(handler for (handler,) in place.rows("shelf", select(Seen.handler).where(Seen.text == text)))
