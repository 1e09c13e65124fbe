"""The end: when entries close, who still waits lapses, or stays as long as members can be substituted."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from services.events.admission.entries.model import Participant
from tests.services.events.admission.waiting.waiting import a_full_track, books, said, standing, waits
from tests.services.events.competitions.competing import CLOSES
from tests.services.events.events_hub import EventsHub, eventually

HOUR = timedelta(hours=1)


def substitution(closes: timedelta = 50 * HOUR) -> list[dict[str, Any]]:
    phase = {"round": 1, "kind": "substitution", "opens_at": CLOSES.isoformat()}
    return [{**phase, "closes_at": (CLOSES + closes).isoformat()}]


def competing(events: EventsHub) -> dict[str, str]:
    """How each participant stands, by entry."""
    with events.runtime.database.transaction(writes=False) as session:
        return {each.entry_id: each.status for each in session.scalars(select(Participant))}


def close(events: EventsHub) -> None:
    events.clock.move_to(CLOSES)
    eventually(lambda: "stage_opened" in said(events))


def test_who_waits_or_has_an_offer_lapses_when_entries_close(events: EventsHub) -> None:
    track_id, organization_id, [entered, stays] = a_full_track(events, places=2, offer_hours=900)
    first, second = (waits(events, track_id, organization_id, name) for name in "甲乙")
    events.ask("withdraw_entry", entry_id=entered)
    assert standing(events, first, second) == ["offered", "waiting"]

    close(events)

    assert standing(events, first, second) == ["lapsed", "lapsed"]
    assert books(events, track_id) == {"held": 2, "taken": 1, "offered": 0, "waiting": 0}
    assert competing(events) == {stays: "competing"}
    assert [type_ for type_ in said(events) if type_ in {"offer_lapsed", "waiting_ended", "entries_closed"}] == [
        "offer_lapsed",
        "waiting_ended",
        "entries_closed",
    ]


def test_without_a_phase_of_substitution_nobody_waits_on(events: EventsHub) -> None:
    track_id, organization_id, _ = a_full_track(events, at_close="stay")
    first = waits(events, track_id, organization_id, "甲")

    close(events)

    assert standing(events, first) == ["lapsed"]


def test_who_stays_is_offered_a_place_after_the_window_and_competes(events: EventsHub) -> None:
    track_id, organization_id, [entered] = a_full_track(events, at_close="stay", phases=substitution())
    first, second = (waits(events, track_id, organization_id, name) for name in "甲乙")
    close(events)
    assert standing(events, first, second) == ["waiting", "waiting"]

    events.ask("withdraw_entry", entry_id=entered)
    events.ask("accept_offer", entry_id=first)

    assert standing(events, first, second) == ["entered", "waiting"]
    assert competing(events) == {entered: "withdrawn", first: "competing"}
    assert books(events, track_id) == {"held": 1, "taken": 1, "offered": 0, "waiting": 1}


def test_who_stays_lapses_with_the_phase_of_substitution_and_so_do_offers(events: EventsHub) -> None:
    phases = substitution()
    track_id, organization_id, [entered] = a_full_track(events, at_close="stay", offer_hours=99, phases=phases)
    first, second = (waits(events, track_id, organization_id, name) for name in "甲乙")
    close(events)
    events.ask("withdraw_entry", entry_id=entered)
    assert events.ask("entries_by_id", ids=[first])[0]["offered_until"] == phases[0]["closes_at"]

    events.clock.move_to(CLOSES + 50 * HOUR)
    eventually(lambda: standing(events, first, second) == ["lapsed", "lapsed"])

    assert books(events, track_id) == {"held": 1, "taken": 0, "offered": 0, "waiting": 0}
    assert competing(events) == {entered: "withdrawn"}


def test_after_the_end_nobody_is_offered_a_place(events: EventsHub) -> None:
    track_id, organization_id, [entered] = a_full_track(events)
    waits(events, track_id, organization_id, "甲")
    close(events)

    events.ask("withdraw_entry", entry_id=entered)

    assert books(events, track_id) == {"held": 1, "taken": 0, "offered": 0, "waiting": 0}
    assert "offer_made" not in said(events)
