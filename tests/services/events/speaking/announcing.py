"""Builders: an edition whose entry window is open, and announcements of its organisers."""

from __future__ import annotations

from typing import Any

from tests.services.events.competitions.competing import ORGANIZER, opened
from tests.services.events.events_hub import EventsHub, eventually

SAID = {
    "title_zh": "报到须知",
    "title_en": "Arrival",
    "text_zh": "请于八点报到。\n\n请带证件。",
    "text_en": "Come at eight.",
}


def an_edition(events: EventsHub, **facts: Any) -> tuple[str, str]:
    """The ids of an edition that takes entries, and of its first track."""
    track = opened(events, **facts)
    return events.ask("tracks_by_id", ids=[track])[0]["competition_id"], track


def entered(events: EventsHub, track: str, region: str = "310115", representative: str = "") -> str:
    """The id of an institution that has entered a track."""
    organization = events.organization(region, representative)
    events.ask("submit_entry", track_id=track, organization_id=organization, contestant=f"队伍{organization}")
    return organization


def written(events: EventsHub, edition: str, to: str = "entrants", **facts: Any) -> str:
    """The id of a draft."""
    draft = events.ask("draft_announcement", ORGANIZER, competition_id=edition, to=to, **{**SAID, **facts})
    return str(draft["id"])


def shown(events: EventsHub, announcement: str, viewer: str = ORGANIZER) -> dict[str, Any]:
    found: dict[str, Any] = events.ask("announcements_by_id", viewer, ids=[announcement])[0]
    return found


def sent(events: EventsHub, announcement: str) -> dict[str, Any]:
    """Send a draft and wait until all are told."""
    events.ask("send_announcement", ORGANIZER, announcement_id=announcement)
    return told(events, announcement)


def told(events: EventsHub, announcement: str) -> dict[str, Any]:
    eventually(lambda: shown(events, announcement)["status"] == "sent")
    return shown(events, announcement)


def hearers(events: EventsHub, announcement: str, name: str = "organization_ids") -> list[list[str]]:
    """Whom each message about an announcement has named."""
    return [
        data[name]
        for type_, data in events.said()
        if type_ == "events.announcement_told" and data["announcement"]["id"] == announcement
    ]
