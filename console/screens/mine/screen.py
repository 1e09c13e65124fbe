"""Mine: the organisations and alliances that somebody acts for, and the roles by which they do."""

from __future__ import annotations

from starlette.responses import Response

from console.screen import Screen
from console.visit import Visit

screen = Screen("mine")


@screen.shows("/mine")
async def mine(visit: Visit) -> Response:
    viewer = (await visit.ask("Mine")).need("viewer")
    on_duty = any(each["role"] == "HUB_OFFICE" for each in viewer["grants"])
    return visit.page("page.html", viewer=viewer, on_duty=on_duty)
