"""Calls: each reaches its method with all that it says, and ends in an answer, a refusal, a fault or Unavailable."""

from __future__ import annotations

import asyncio
import json
import time
from typing import Any

import pytest
from sqlalchemy import select

from contracts.refusals import InvalidInput, NotFound
from gateway.rpc import Faulty, Refused, Rpc, Wire
from kit.broker.bus import Unavailable
from kit.context import Context
from kit.ids import new_id
from kit.viewer import Viewer
from kit.wire.request import Request
from tests.kit.contract.gates import Gate
from tests.kit.contract.places import PATIENCE, WORKERS, Place
from tests.kit.contract.small_services import Note
from tests.kit.contract.waiting import soon


async def test_call_is_answered_with_what_the_method_returns(rpc: Rpc) -> None:
    written = await rpc.command("notes", "write", {"text": "一 note"})

    assert await rpc.query("notes", "note", note_id=written["id"]) == {
        "id": written["id"],
        "text": "一 note",
        "version": 1,
    }


async def test_viewer_locale_and_correlation_id_arrive(wire: Wire) -> None:
    context = Context(Viewer("person:李"), "en", new_id())

    seen = await Rpc(wire, context, timeout=PATIENCE).query("notes", "whoami")

    assert seen == {"viewer": "person:李", "locale": "en", "correlation_id": context.correlation_id}


async def test_visitor_is_nobody_in_particular(wire: Wire) -> None:
    seen = await Rpc(wire, Context(correlation_id="course"), timeout=PATIENCE).query("notes", "whoami")

    assert seen == {"viewer": "", "locale": "zh-CN", "correlation_id": "course"}


async def test_many_calls_at_once_each_get_their_own_answer(rpc: Rpc) -> None:
    texts = [f"note {number}" for number in range(100)]

    answers = await asyncio.gather(*(rpc.command("notes", "write", {"text": text}) for text in texts))

    assert [answer["text"] for answer in answers] == texts
    assert len({answer["id"] for answer in answers}) == len(texts)


async def test_call_to_an_unknown_service_is_unavailable_at_once(wire: Wire) -> None:
    patient = Rpc(wire, Context(), timeout=60)

    with pytest.raises(Unavailable, match="nobody serves"):
        async with asyncio.timeout(30):
            await patient.command("nobody", "write", {"text": "x"})


async def test_call_of_an_unknown_method_is_a_fault(rpc: Rpc) -> None:
    with pytest.raises(Faulty, match="there is no method 'wipe'"):
        await rpc.command("notes", "wipe", {})


@pytest.mark.parametrize("method", ["runtime", "name", "_one", "__init__", "reminded", "hear_oneself"])
async def test_what_is_no_entrypoint_cannot_be_called(rpc: Rpc, method: str) -> None:
    with pytest.raises(Faulty, match="there is no method"):
        await rpc.command("notes", method, {})


async def test_refusal_keeps_its_type_field_and_params_and_leaves_nothing_behind(rpc: Rpc, place: Place) -> None:
    notes_before = place.rows("notes", select(Note.id))

    with pytest.raises(Refused) as refused:
        await rpc.command("notes", "write", {"text": "forbidden"})

    [refusal] = refused.value.refusals
    assert (type(refusal).__name__, refusal.field, refusal.params) == (
        "Forbidden",
        "text",
        {"word": "forbidden", "limit": 0},
    )
    assert refusal.text("en") == "“forbidden” may not be written more than 0 times."
    assert place.rows("notes", select(Note.id)) == notes_before


async def test_refused_form_names_every_fault(rpc: Rpc) -> None:
    with pytest.raises(Refused) as refused:
        await rpc.command("notes", "rewrite", {"note_id": "none", "colour": "red"})

    problems = {(refusal.code, refusal.field) for refusal in refused.value.refusals}
    assert problems == {("INVALID", "noteId"), ("UNKNOWN_FIELD", "colour"), ("REQUIRED", "text")}
    assert InvalidInput.code not in {code for code, _ in problems}


async def test_refused_read_keeps_its_type(rpc: Rpc) -> None:
    with pytest.raises(Refused) as refused:
        await rpc.query("notes", "note", note_id=new_id())

    assert [(type(refusal), refusal.field) for refusal in refused.value.refusals] == [(NotFound, "noteId")]


async def test_unexpected_error_is_answered_with_a_correlation_id_only_and_logged_once(
    place: Place, wire: Wire
) -> None:
    context = Context(Viewer("person:x"), "en", new_id())
    request = Request("fail", {"text": "the password is 1234"}, context, time.time() + PATIENCE)

    payload = await wire.send("notes", request)

    assert payload["result"] is None
    assert (payload["error"]["kind"], payload["error"]["value"]) == ("bug", context.correlation_id)
    assert "1234" not in json.dumps(payload) and "RuntimeError" not in json.dumps(payload)
    lines = await soon(
        lambda: place.logged("a call failed", correlation_id=context.correlation_id), "nothing is logged"
    )
    assert [line["method"] for line in lines] == ["fail"]


async def test_answer_that_no_wire_carries_is_a_fault_like_any_other(rpc: Rpc) -> None:
    with pytest.raises(Faulty, match=rpc.context.correlation_id):
        await rpc.command("notes", "give_what_no_wire_carries", {})

    assert (await rpc.query("notes", "whoami"))["correlation_id"] == rpc.context.correlation_id


async def test_slow_callee_is_unavailable_at_the_deadline(wire: Wire, gate: Gate) -> None:
    for seconds in (0.5, 5, 25):  # on a busy machine a call may need longer to come to its callee
        hasty = Rpc(wire, Context(), timeout=seconds)
        with pytest.raises(Unavailable, match="in time"):
            async with asyncio.timeout(seconds + PATIENCE):
                await hasty.command("notes", "hold", {"name": str(gate.path)})
        if gate.reached:
            break

    assert gate.reached


async def test_call_whose_deadline_passed_while_it_waited_is_dropped(
    place: Place, rpc: Rpc, wire: Wire, gate: Gate
) -> None:
    held = [asyncio.create_task(rpc.command("notes", "hold", {"name": str(gate.path)})) for _ in range(WORKERS)]
    await soon(lambda: gate.reached, "the calls do not come")
    text = f"too late {new_id()}"
    with pytest.raises(Unavailable, match="in time"):
        await Rpc(wire, Context(), timeout=0.3).command("notes", "write", {"text": text})

    gate.open()

    assert await asyncio.gather(*held) == ["held"] * WORKERS
    later = [await rpc.command("notes", "write", {"text": f"later {text}"}) for _ in range(WORKERS)]
    assert len(later) == WORKERS
    assert place.rows("notes", select(Note.id).where(Note.text == text)) == []


async def test_overheard_messages_pass_by(place: Place, rpc: Rpc) -> None:
    heard: list[Any] = []
    async with place.wire(overhear=(["notes.note_written"], heard.append)) as listening:
        written = await Rpc(listening, rpc.context, PATIENCE).command("notes", "write", {"text": "listen"})
        found = await soon(lambda: [one for one in heard if one.subject_id == written["id"]], "nothing is overheard")

    [envelope] = found
    assert (envelope.type, envelope.data["text"], envelope.version) == ("notes.note_written", "listen", 1)
    assert (envelope.actor, envelope.correlation_id) == (rpc.context.viewer.id, rpc.context.correlation_id)
