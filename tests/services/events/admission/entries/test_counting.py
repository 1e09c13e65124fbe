"""Counting: entries by province, institution and day in one statement each, for those who run the competition."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.services.events.competitions.competing import OPENS, ORGANIZER, a_track, published
from tests.services.events.events_hub import ANHUI, SHANGHAI, EventsHub


def numbers(
    events: EventsHub, competition: dict[str, Any], by: str, of: str, **which: Any
) -> dict[str, tuple[int, ...]]:
    with events.statements() as sent:
        rows = events.ask("entry_counts", ORGANIZER, competition_id=competition["id"], by=by, **which)
    assert len([statement for statement, _ in sent if "FROM entries" in statement and "GROUP BY" in statement]) == 1
    return {row[of]: (row["entered"], row["waiting"], row["offered"], row["ended"]) for row in rows}


def test_entries_are_counted_by_province_institution_and_day(events: EventsHub) -> None:
    competition = published(events, tracks=[a_track(p310000=1, p340000=5), a_track("中学组", p310000=5)])
    first, second = (track["id"] for track in competition["tracks"])
    events.clock.move_to(OPENS)
    ours, theirs = events.organization(), events.organization("340100", zh="黄山学院")
    opened = OPENS.astimezone(None).date()

    def enter(track: str, organization: str, name: str) -> str:
        entry = {"track_id": track, "organization_id": organization, "contestant": name, "wait_if_full": True}
        return str(events.ask("submit_entry", **entry)["id"])

    enter(first, ours, "甲")
    enter(first, ours, "乙")
    events.ask("withdraw_entry", entry_id=enter(first, theirs, "丙"))
    events.clock.advance(timedelta(days=1))
    enter(second, ours, "丁")

    assert numbers(events, competition, "province", "region") == {SHANGHAI: (2, 1, 0, 0), ANHUI: (0, 0, 0, 1)}
    by_institution = numbers(events, competition, "institution", "organization_id")
    assert list(by_institution.items()) == [(ours, (2, 1, 0, 0)), (theirs, (0, 0, 0, 1))]
    days = numbers(events, competition, "day", "day")
    assert list(days.values()) == [(1, 1, 0, 1), (1, 0, 0, 0)]
    assert abs((opened - type(opened).fromisoformat(next(iter(days)))).days) <= 1
    assert numbers(events, competition, "province", "region", track_id=second) == {SHANGHAI: (1, 0, 0, 0)}
    with events.refuses("NOT_ALLOWED"):
        events.ask("entry_counts", "somebody", competition_id=competition["id"], by="day")
