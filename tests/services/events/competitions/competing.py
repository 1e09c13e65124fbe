"""Builders: a competition as most tests need it, with every fact open to change."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from contracts.authority import Role, Scope
from tests.services.events.events_hub import ANHUI, NOW, SHANGHAI, EventsHub

OPENS, CLOSES = NOW + timedelta(days=1), NOW + timedelta(days=31)
ORGANIZER = "organizer"


def a_track(name: str = "小学组", **places: int) -> dict[str, Any]:
    """A track with places for provinces given as `p310000=2`; 2 for Shanghai and 1 for Anhui where none are given."""
    quotas = [{"province": code[1:], "places": number} for code, number in places.items()]
    default = [{"province": SHANGHAI, "places": 2}, {"province": ANHUI, "places": 1}]
    return {"name_zh": name, "name_en": f"Track {name}", "quotas": quotas or default}


def an_edition(**facts: Any) -> dict[str, Any]:
    """The input of draft_competition."""
    given = {
        "series": {"name_zh": "班主任基本功大赛", "name_en": "Class-Teacher Skills Contest"},
        "number": 14,
        "host_region": "340100",
        "opens_at": OPENS.isoformat(),
        "closes_at": CLOSES.isoformat(),
        "tracks": [a_track()],
        **facts,
    }
    return {name: value for name, value in given.items() if value is not None}


def drafted(events: EventsHub, **facts: Any) -> dict[str, Any]:
    """A draft of the hub office; ORGANIZER organises its series."""
    competition: dict[str, Any] = events.ask("draft_competition", **an_edition(**facts))
    events.grant(ORGANIZER, Role.ORGANIZER, Scope.event(competition["series"]["id"]))
    return competition


def published(events: EventsHub, **facts: Any) -> dict[str, Any]:
    competition: dict[str, Any] = events.ask("publish_competition", competition_id=drafted(events, **facts)["id"])
    return competition


def opened(events: EventsHub, **facts: Any) -> str:
    """The id of the first track of a published competition whose entry window has just opened."""
    competition = published(events, **facts)
    events.clock.move_to(OPENS)
    return str(competition["tracks"][0]["id"])


def places(events: EventsHub, track_id: str) -> dict[str, tuple[int, int, int]]:
    """For each province of a track: places, taken, free."""
    quotas = events.ask("quotas", track_ids=[track_id])
    return {quota["province"]: (quota["places"], quota["taken"], quota["free"]) for quota in quotas}
