"""Long commands: answered as any other where the work ends in time, told as a job where not, and done once in every case."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from sqlalchemy import select

from gateway.rpc import Refused, Rpc, Wire
from kit.context import Context
from kit.ids import new_id
from kit.viewer import Viewer
from kit.work.job_rows import JobRow
from tests.kit.contract.places import PATIENCE, Place
from tests.kit.contract.small_services import Note
from tests.kit.contract.waiting import soon

SHORT, LONG = 0.1, 4
HASTE = 1.2  # seconds after which a caller gives up


@pytest.fixture
def hasty(rpc: Rpc) -> Rpc:
    """The same person, who waits for a moment only."""
    return Rpc(rpc.wire, rpc.context, HASTE)


async def test_what_needs_no_thought_is_answered_at_once_and_is_no_job(rpc: Rpc, place: Place) -> None:
    answer = await _think(rpc, 0, what := new_id())

    assert _notes(place, what) == [answer["id"]]
    assert _jobs(place, rpc) == []


async def test_what_ends_in_time_is_answered_as_by_any_command(rpc: Rpc, place: Place) -> None:
    answer = await _think(rpc, SHORT, what := new_id())

    assert answer["text"] == what
    assert _notes(place, what) == [answer["id"]]


async def test_what_a_rule_refuses_after_thinking_is_the_answer(rpc: Rpc, place: Place) -> None:
    with pytest.raises(Refused) as refused:
        await _think(rpc, SHORT, "forbidden", key := new_id())
    [refusal] = refused.value.refusals
    assert (refusal.code, refusal.field, refusal.params) == (
        "TEST_FORBIDDEN",
        "text",
        {"word": "forbidden", "limit": 0},
    )

    with pytest.raises(Refused) as again:
        await _think(rpc, SHORT, "forbidden", key)
    assert [each.code for each in again.value.refusals] == ["TEST_FORBIDDEN"]
    assert _notes(place, "forbidden") == []


async def test_same_key_gives_the_same_answer_and_one_effect(rpc: Rpc, place: Place) -> None:
    key, what = new_id(), new_id()

    answers = await asyncio.gather(*[_think(rpc, SHORT, what, key) for _ in range(3)])
    answers.append(await _think(rpc, SHORT, what, key))

    assert answers == [answers[0]] * 4
    assert _notes(place, what) == [answers[0]["id"]]


async def test_who_cannot_wait_is_told_the_job_and_asks_for_its_end_by_the_same_key(
    rpc: Rpc, hasty: Rpc, place: Place
) -> None:
    job = await _still_running(hasty, LONG, what := new_id(), key := new_id())

    [seen] = await rpc.query("notes", "jobs_by_id", ids=[job])
    assert (seen["kind"], seen["service"], seen["problems"]) == ("think_over", "notes", [])
    assert seen["status"] in {"queued", "running"}
    answer = await _think(rpc, LONG, what, key)

    assert _notes(place, what) == [answer["id"]]
    [seen] = await rpc.query("notes", "jobs_by_id", ids=[job])
    assert (seen["status"], bool(seen["ended_at"])) == ("done", True)


async def test_a_job_is_seen_and_stopped_by_who_asked_and_by_nobody_else(
    rpc: Rpc, hasty: Rpc, wire: Wire, place: Place
) -> None:
    job = await _still_running(hasty, LONG, what := new_id())
    another = Rpc(wire, Context(Viewer(f"person:{new_id()}"), "en", new_id()), PATIENCE)
    assert await another.query("notes", "jobs_by_id", ids=[job]) == []
    with pytest.raises(Refused, match="NOT_ALLOWED"):
        await another.command("notes", "stop_job", {"job_id": job})

    stopped = await rpc.command("notes", "stop_job", {"job_id": job})

    assert stopped["status"] == "stopped"
    with pytest.raises(Refused, match="JOB_ENDED"):
        await rpc.command("notes", "stop_job", {"job_id": job})
    await _think(rpc, SHORT, "the lane is free again")
    assert _notes(place, what) == []


async def test_killed_while_it_thinks_a_job_is_done_once_by_who_comes_after(
    hasty: Rpc, wire: Wire, place: Place
) -> None:
    await _still_running(hasty, 2, what := new_id())

    place.crash()
    place.start()

    await soon(lambda: _notes(place, what), "the job was lost")
    await soon(lambda: [job.ended_at for job in _jobs(place, hasty)], "the job has not ended")
    assert len(_notes(place, what)) == 1


async def test_two_replicas_do_each_job_once(rpc: Rpc, place: Place) -> None:
    place.replicate("notes")
    whats = [new_id() for _ in range(8)]

    answers = await asyncio.gather(*[_think(rpc, SHORT, what) for what in whats])

    assert [_notes(place, what) for what in whats] == [[answer["id"]] for answer in answers]


async def _think(rpc: Rpc, seconds: float, what: str, key: str | None = None) -> Any:
    return await rpc.command("notes", "think_over", {"text": f"{seconds} about {what}"}, key)


async def _still_running(rpc: Rpc, seconds: float, what: str, key: str | None = None) -> str:
    """The job that a call is told of because it does not end in time."""
    with pytest.raises(Refused) as refused:
        await _think(rpc, seconds, what, key)
    [refusal] = refused.value.refusals
    assert refusal.code == "STILL_RUNNING"
    return str(refusal.params["job"])


def _notes(place: Place, what: str) -> list[str]:
    return [note_id for (note_id,) in place.rows("notes", select(Note.id).where(Note.text == what))]


def _jobs(place: Place, rpc: Rpc) -> list[Any]:
    return place.rows("notes", select(JobRow.id, JobRow.ended_at).where(JobRow.asked_by == rpc.context.viewer.id))
