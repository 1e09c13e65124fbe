"""Batches: several reads travel in one message, and each has an outcome of its own."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import pytest
from sqlalchemy import select

from gateway.rpc import Faulty, Refused, Rpc, Wire
from kit.ids import new_id
from kit.wire.request import MOST_IN_BATCH, Request
from tests.kit.contract.counting import CountingWire
from tests.kit.contract.places import PATIENCE, Place
from tests.kit.contract.small_services import Seat

SEAT = {"method": "take_seat", "arguments": {"name": "by batch"}}


async def test_reads_of_one_turn_travel_in_one_message(rpc: Rpc, wire: Wire) -> None:
    notes = [await rpc.command("notes", "write", {"text": f"note {number}"}) for number in range(3)]
    counting = CountingWire(wire)
    asking = Rpc(counting, rpc.context, PATIENCE)

    answers = await asyncio.gather(*(asking.query("notes", "note", note_id=note["id"]) for note in notes))

    assert [answer["text"] for answer in answers] == ["note 0", "note 1", "note 2"]
    assert counting.sent == [("notes", "batch")]


async def test_more_reads_than_fit_travel_in_several_messages(rpc: Rpc, wire: Wire) -> None:
    counting = CountingWire(wire)
    asking = Rpc(counting, rpc.context, PATIENCE)

    answers = await asyncio.gather(*(asking.query("notes", "whoami") for _ in range(2 * MOST_IN_BATCH + 1)))

    assert {answer["correlation_id"] for answer in answers} == {rpc.context.correlation_id}
    assert counting.sent == [("notes", "batch"), ("notes", "batch"), ("notes", "whoami")]


async def test_refusal_in_a_batch_is_its_own(rpc: Rpc) -> None:
    written = await rpc.command("notes", "write", {"text": "there"})
    ids = [written["id"], new_id(), "no id", written["id"]]

    outcomes = await asyncio.gather(*(rpc.query("notes", "note", note_id=id_) for id_ in ids), return_exceptions=True)

    assert [outcomes[0]["text"], outcomes[3]["text"]] == ["there", "there"]
    assert [_code(outcome) for outcome in outcomes[1:3]] == ["NOT_FOUND", "INVALID"]


async def test_fault_in_a_batch_is_its_own(rpc: Rpc) -> None:
    asked = [rpc.query("notes", "whoami"), rpc.query("notes", "fail", text="secret"), rpc.query("notes", "wipe")]

    fine, failed, unknown = await asyncio.gather(*asked, return_exceptions=True)

    assert fine["correlation_id"] == rpc.context.correlation_id
    assert isinstance(failed, Faulty) and failed.correlation_id == rpc.context.correlation_id
    assert isinstance(unknown, Faulty) and "'wipe' is not a method that only reads" in str(unknown)


async def test_command_in_a_batch_is_not_done(rpc: Rpc, place: Place) -> None:
    fine, taken = (await _batch(rpc, [{"method": "whoami", "arguments": {}}, SEAT]))["result"]

    assert fine["error"] is None
    assert (taken["result"], taken["error"]["kind"]) == (None, "malformed")
    assert place.rows("notes", select(Seat.name)) == []


async def test_batch_in_a_batch_is_not_read(rpc: Rpc) -> None:
    inner = {"method": "batch", "arguments": {"calls": [{"method": "whoami", "arguments": {}}]}}

    [answer] = (await _batch(rpc, [inner]))["result"]

    assert (answer["result"], answer["error"]["kind"]) == (None, "malformed")


@pytest.mark.parametrize(
    ("calls", "code", "field"),
    [
        ([{"method": "whoami", "arguments": {}}] * (MOST_IN_BATCH + 1), "TOO_LONG", "calls"),
        ([], "TOO_SHORT", "calls"),
        ("whoami", "INVALID", "calls"),
        ([{"method": "whoami"}], "REQUIRED", "calls.0.arguments"),
        ([{"method": 7, "arguments": {}}], "INVALID", "calls.0.method"),
        ([{"method": "whoami", "arguments": {}, "viewer": "office"}], "UNKNOWN_FIELD", "calls.0.viewer"),
        (None, "REQUIRED", "calls"),
    ],
)
async def test_batch_of_another_form_is_refused(rpc: Rpc, calls: Any, code: str, field: str) -> None:
    payload = await _batch(rpc, calls)

    problems = [(problem["code"], problem["field"]) for problem in payload["error"]["problems"]]
    assert problems == [(code, field)]


async def _batch(rpc: Rpc, calls: Any) -> Any:
    arguments = {} if calls is None else {"calls": calls}
    return await rpc.wire.send("notes", Request("batch", arguments, rpc.context, time.time() + PATIENCE))


def _code(outcome: Any) -> str:
    assert isinstance(outcome, Refused)
    return outcome.refusals[0].code
