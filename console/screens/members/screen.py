"""Members: the memberships of an alliance in every status, for its secretariat."""

from __future__ import annotations

from starlette.responses import Response

from console.screen import Screen
from console.visit import Visit

screen = Screen("members")
STATUSES = ("APPLIED", "IN_REVIEW", "RETURNED", "INVITED", "MEMBER", "SUSPENDED", "DECLINED", "WITHDRAWN", "EXPELLED")
"""In the order in which a secretariat looks at them; the rest is found under all."""


@screen.shows("/registry/alliances/{id}/members")
async def members(visit: Visit) -> Response:
    status = visit.one_of("MembershipStatus", visit.query("status"))
    told = await visit.ask("Members", id=visit.part("id"), status=status, after=visit.query("after"))
    alliance, found = told.need("alliance"), told.need("memberships")
    return visit.page("page.html", alliance=alliance, found=found, status=status, statuses=STATUSES)
