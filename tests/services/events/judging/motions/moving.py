"""Moving: what takes two people, done by two."""

from __future__ import annotations

from typing import Any

from tests.services.events.competitions.competing import ORGANIZER
from tests.services.events.events_hub import EventsHub

SUPERVISOR = "supervisor"


def moved(events: EventsHub, method: str, viewer: str = ORGANIZER, **given: Any) -> dict[str, Any]:
    """The motion that a command came to, as the supervisor sees it."""
    motion_id = events.ask(method, viewer, **given)["motion_id"]
    [motion] = events.ask("motions_by_id", SUPERVISOR, ids=[motion_id])
    found: dict[str, Any] = motion
    return found


def signed(events: EventsHub, motion: dict[str, Any], viewer: str = SUPERVISOR) -> dict[str, Any]:
    given = {"motion_id": motion["id"], "digest": motion["digest"]}
    carried: dict[str, Any] = events.ask("countersign_motion", viewer, **given)
    return carried


def done(events: EventsHub, method: str, viewer: str = ORGANIZER, **given: Any) -> dict[str, Any]:
    """The motion, when a supervisor has signed it."""
    return signed(events, moved(events, method, viewer, **given))
