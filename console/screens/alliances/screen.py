"""Alliances: the directory of all of them, to search and to look through."""

from __future__ import annotations

from starlette.responses import Response

from console.screen import Screen
from console.visit import Visit

screen = Screen("alliances")


@screen.shows("/registry/alliances", public=True)
async def alliances(visit: Visit) -> Response:
    search, kind = visit.query("search"), visit.one_of("AllianceKind", visit.query("kind"))
    told = await visit.ask("Alliances", search=search, kind=kind, after=visit.query("after"))
    return visit.page("page.html", found=told.need("alliances"), kind=kind, narrowed=bool(search or kind))
