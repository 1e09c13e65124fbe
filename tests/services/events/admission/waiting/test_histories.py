"""Histories of entries: each sees what was done to their own, and not which rival gave up the place they were offered."""

from __future__ import annotations

from tests.services.events.admission.waiting.waiting import TEACHER, a_full_track, waits
from tests.services.events.events_hub import OFFICE, EventsHub


def test_an_entry_tells_its_steps_and_not_who_made_room_for_it(events: EventsHub) -> None:
    track_id, organization_id, [entered] = a_full_track(events, offer_hours=24)
    waiting = waits(events, track_id, organization_id, "甲")
    events.ask("withdraw_entry", entry_id=entered)
    events.ask("accept_offer", TEACHER, entry_id=waiting)

    def told(viewer: str, entry_id: str) -> list[tuple[str, str | None]]:
        found = events.ask("history_of_entries", viewer, entry_ids=[entry_id], first=10)
        return [(each["type"].partition(".")[2], each["actor"]) for each in found]

    assert told(TEACHER, waiting)[1:] == [("offer_made", None), ("offer_accepted", TEACHER)]
    assert told(OFFICE, entered)[-1] == ("entry_withdrawn", OFFICE)
    assert told("somebody", waiting) == []
