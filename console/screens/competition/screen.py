"""Competition: how one presents itself: when, where, in which tracks, and with how many places."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from starlette.responses import Response

from console.screen import Screen
from console.visit import Visit

screen = Screen("competition")
Window = Literal["cancelled", "not_yet", "closed", "open"]


@screen.shows("/competitions/{id}", public=True)
async def competition(visit: Visit) -> Response:
    told = await visit.ask("Competition", id=visit.part("id"))
    found, viewer = told.need("competition"), told["viewer"]
    enters = bool(viewer and viewer["organizations"])
    said = {"window": window(found, visit.now), "enters": enters, "runs": runs(found, viewer)}
    return visit.page("page.html", found=found, **said)


def runs(found: dict[str, Any], viewer: dict[str, Any] | None) -> bool:
    """Whether the desk of the competition is open to the viewer: who can change it, or supervises its series."""
    grants = viewer["grants"] if viewer else ()
    supervised = [each["scope"]["id"] for each in grants if each["role"] == "SUPERVISOR" and each["scope"]]
    return any(action["allowed"] for action in found["actions"]) or found["series"]["id"] in supervised


def window(found: dict[str, Any], now: datetime) -> Window:
    """Whether entries are taken now, and why not."""
    if found["status"] == "CANCELLED":
        return "cancelled"
    if found["status"] != "PUBLISHED" or now >= datetime.fromisoformat(found["closesAt"]):
        return "closed"
    return "not_yet" if now < datetime.fromisoformat(found["opensAt"]) else "open"
