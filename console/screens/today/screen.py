"""Today: what is due, what waits and what happened, on one page."""

from __future__ import annotations

from starlette.responses import Response

from console.screen import Screen
from console.visit import Visit

screen = Screen("today")


@screen.shows("/today")
async def today(visit: Visit) -> Response:
    told = await visit.ask("Today")
    viewer = told.need("viewer")
    mine = any(viewer[kind] for kind in ("alliances", "organizations", "provinces", "series"))
    return visit.page("page.html", told=told, viewer=viewer, mine=mine, now=visit.now.isoformat())
