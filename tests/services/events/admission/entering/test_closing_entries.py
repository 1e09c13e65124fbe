"""Closing: the scheduler ends the entry window on time, once, with the exact number of entries."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

from tests.services.events.competitions.competing import CLOSES, OPENS, a_track, opened, places, published
from tests.services.events.events_hub import SHANGHAI, EventsHub, at_once, eventually

CLOSED = "events.entries_closed"


def closings(events: EventsHub) -> list[dict[str, Any]]:
    return [data for type_, data in events.said() if type_ == CLOSED]


def test_entries_close_at_the_end_of_the_window_and_the_standing_ones_are_counted(events: EventsHub) -> None:
    track_id = opened(events)
    organization_id = events.organization()
    submit = partial(events.ask, "submit_entry", track_id=track_id, organization_id=organization_id)
    first, _ = submit(contestant="第一队"), submit(contestant="第二队")
    events.ask("withdraw_entry", entry_id=first["id"])

    events.clock.move_to(CLOSES)
    eventually(lambda: closings(events))

    competition = events.ask("competitions")["nodes"][0]
    assert competition["status"] == "closed"
    assert closings(events) == [
        {
            "competition": {"id": competition["id"], "zh": "班主任基本功大赛", "en": "Class-Teacher Skills Contest"},
            "edition": 14,
            "alliance_id": None,
            "opens_at": OPENS.isoformat(),
            "closes_at": CLOSES.isoformat(),
            "series_id": competition["series"]["id"],
            "entries": 1,
        }
    ]


def test_entries_do_not_close_before_the_end_of_the_window(events: EventsHub) -> None:
    early = published(events)
    late = (CLOSES + timedelta(days=1)).isoformat()
    series = {"name_zh": "另一大赛", "name_en": "Another"}
    later = published(events, series=series, closes_at=late)

    events.clock.move_to(CLOSES)
    eventually(lambda: closings(events))

    statuses = {each["id"]: each["status"] for each in events.ask("competitions")["nodes"]}
    assert statuses == {early["id"]: "closed", later["id"]: "published"}


def test_entries_that_fell_due_while_the_service_was_down_close_at_its_next_start(events: EventsHub) -> None:
    published(events)
    events.stop()
    events.clock.move_to(CLOSES + timedelta(hours=1))

    events.start()
    eventually(lambda: closings(events))

    assert [closing["entries"] for closing in closings(events)] == [0]


def test_entries_that_are_closed_close_no_second_time(events: EventsHub) -> None:
    competition = published(events)
    events.clock.move_to(CLOSES)
    eventually(lambda: closings(events))
    events.rest()  # what else falls due at that moment may come behind it
    before = events.contents()

    with events.runtime.database.transaction() as session:
        events.runtime.service.close_entries(session, competition["id"])

    assert events.contents() == before


def test_the_last_entries_and_the_closing_at_the_same_moment_agree_on_the_number(events: EventsHub) -> None:
    track_id = opened(events, tracks=[a_track(p310000=50)])
    organization_id = events.organization()
    submit = partial(events.ask, "submit_entry", track_id=track_id, organization_id=organization_id)
    close = partial(events.clock.move_to, CLOSES)

    at_once(*[partial(submit, contestant=f"第{number}队") for number in range(11)], close)
    eventually(lambda: closings(events))

    assert [closing["entries"] for closing in closings(events)] == [places(events, track_id)[SHANGHAI][1]]
