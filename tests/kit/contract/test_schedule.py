"""Timers: what must happen at a time happens then, once, by the clock of the place and not by the machine's."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func, select

from gateway.rpc import Rpc
from kit.messages.outbox import OutboxRow
from kit.work.timers import DueRow
from tests.kit.contract.places import Place
from tests.kit.contract.small_services import NoteReminded
from tests.kit.contract.waiting import soon

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


async def test_timer_rings_when_its_time_has_come(rpc: Rpc, place: Place) -> None:
    note_id = await _reminded_at(rpc, place.now() + HOUR)
    place.move_clock(HOUR - MINUTE)
    sooner = await _reminded_at(rpc, place.now())
    await _done(place, sooner)
    assert _reminders(place, note_id) == 0

    place.move_clock(2 * MINUTE)

    await _done(place, note_id)


async def test_timer_that_was_cancelled_is_not_done(rpc: Rpc, place: Place) -> None:
    note_id = await _reminded_at(rpc, place.now() + HOUR)
    behind = await _reminded_at(rpc, place.now() + HOUR + MINUTE)

    await rpc.command("notes", "remind_never", {"note_id": note_id})
    place.move_clock(2 * HOUR)

    await _done(place, behind)
    assert _reminders(place, note_id) == 0


async def test_timer_that_was_moved_is_done_at_its_new_time_only(rpc: Rpc, place: Place) -> None:
    note_id = await _reminded_at(rpc, place.now() + HOUR)
    await _remind(rpc, note_id, place.now() + 3 * HOUR)
    between = await _reminded_at(rpc, place.now() + 2 * HOUR)

    place.move_clock(2 * HOUR + MINUTE)
    await _done(place, between)
    assert _reminders(place, note_id) == 0

    place.move_clock(HOUR)
    await _done(place, note_id)


async def test_timer_may_be_wished_for_again_after_it_was_done(rpc: Rpc, place: Place) -> None:
    note_id = await _reminded_at(rpc, place.now())
    await _done(place, note_id)

    await _remind(rpc, note_id, place.now())

    await soon(lambda: _reminders(place, note_id) == 2, "it was not done again")


async def test_timer_is_done_once_by_two_replicas(rpc: Rpc, place: Place) -> None:
    place.replicate("notes")
    due = place.now() + HOUR
    note_ids = [await _reminded_at(rpc, due) for _ in range(20)]

    place.move_clock(HOUR + MINUTE)

    await soon(lambda: sum(_reminders(place, note_id) for note_id in note_ids) >= 20, "not all were done")
    await soon(lambda: place.rows("notes", select(DueRow.id)) == [], "something is still due")
    assert [_reminders(place, note_id) for note_id in note_ids] == [1] * 20


async def _reminded_at(rpc: Rpc, moment: datetime) -> str:
    """The id of a new note that will be thought of at this moment."""
    note_id = str((await rpc.command("notes", "write", {"text": "think of it"}))["id"])
    await _remind(rpc, note_id, moment)
    return note_id


async def _remind(rpc: Rpc, note_id: str, moment: datetime) -> None:
    await rpc.command("notes", "remind", {"note_id": note_id, "moment": moment.isoformat()})


async def _done(place: Place, note_id: str) -> None:
    await soon(lambda: _reminders(place, note_id), "it was not done")
    assert _reminders(place, note_id) == 1


def _reminders(place: Place, note_id: str) -> int:
    query = select(func.count()).where(OutboxRow.type == NoteReminded.type, OutboxRow.subject_id == note_id)
    [(count,)] = place.rows("notes", query)
    return int(count)
