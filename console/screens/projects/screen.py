"""Projects: those that the viewer may know of, and above them those that ask their organisations to take part."""

from __future__ import annotations

from starlette.responses import Response

from console.screen import Screen
from console.visit import Visit

screen = Screen("projects")


@screen.shows("/projects")
async def projects(visit: Visit) -> Response:
    search, status = visit.query("search"), visit.one_of("ProjectStatus", visit.query("status"))
    order = {} if search else {"orderBy": "NEWEST"}  # what is searched for has an order of its own
    told = await visit.ask("Projects", search=search, status=status, after=visit.query("after"), **order)
    asked, trouble = told["projectInvitations"], told.trouble("projectInvitations")
    opens = bool((told["viewer"] or {}).get("organizations"))
    said = {"asked": asked, "trouble": trouble, "opens": opens, "status": status}
    return visit.page("page.html", found=told.need("projects"), narrowed=bool(search or status), **said)
