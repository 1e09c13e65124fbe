"""Competitions: those that are published, to search and to look through."""

from __future__ import annotations

from starlette.responses import Response

from console.screen import Screen
from console.visit import Visit

screen = Screen("competitions")


@screen.shows("/competitions", public=True)
async def competitions(visit: Visit) -> Response:
    search, open_now = visit.query("search"), True if visit.query("open") else None
    told = await visit.ask("Competitions", search=search, openNow=open_now, after=visit.query("after"))
    return visit.page("page.html", found=told.need("competitions"), narrowed=bool(search or open_now))
