"""Alliance: one as everybody may see it, with its members."""

from __future__ import annotations

from starlette.responses import Response

from console.screen import Screen
from console.visit import Visit

screen = Screen("alliance")


@screen.shows("/registry/alliances/{id}", public=True)
async def alliance(visit: Visit) -> Response:
    told = await visit.ask("Alliance", id=visit.part("id"), after=visit.query("after"))
    found, viewer = told.need("alliance"), told["viewer"]
    manages = bool(viewer) and any(each["id"] == found["id"] for each in viewer["alliances"])
    return visit.page("page.html", told=told, found=found, manages=manages)
