"""Start: what the hub is and what is open to everybody; whoever is signed in begins with today."""

from __future__ import annotations

from starlette.responses import Response

from console.screen import Screen
from console.visit import Visit

screen = Screen("start")


@screen.shows("/", public=True)
async def start(visit: Visit) -> Response:
    if visit.identity:
        return visit.go("/today")
    return visit.page("page.html", told=await visit.ask("Start"))
