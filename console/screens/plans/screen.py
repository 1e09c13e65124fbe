"""Plans: the documents that the viewer may read, to search and to look through."""

from __future__ import annotations

from starlette.responses import Response

from console.screen import Screen
from console.visit import Visit

screen = Screen("plans")
IMPORTING = {"HUB_OFFICE", "PROVINCE_OFFICE"}
"""The roles of the offices that import plans."""


@screen.shows("/plans", public=True)
async def plans(visit: Visit) -> Response:
    search = visit.query("search")
    order = {} if search else {"orderBy": "NEWEST"}  # what is searched for has an order of its own
    told = await visit.ask("Plans", search=search, after=visit.query("after"), **order)
    roles = {each["role"] for each in (told["viewer"] or {}).get("grants", ())}
    return visit.page("page.html", found=told.need("plans"), narrowed=bool(search), imports=bool(roles & IMPORTING))
