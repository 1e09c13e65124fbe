"""Sign-in: as a persona of the demo, and out again."""

from __future__ import annotations

from starlette.responses import Response

from console.guarding import local
from console.screen import Screen
from console.visit import Visit

screen = Screen("sign_in")


@screen.shows("/sign-in", public=True)
async def show(visit: Visit) -> Response:
    return _page(visit, visit.query("next") or "")


@screen.does("/sign-in", public=True)
async def as_persona(visit: Visit) -> Response:
    way = visit.setup.way
    name = visit.typed("persona")
    if name not in {each.name for each in way.offered(visit.request)}:
        return _page(visit, visit.typed("next"), 422, fault="unknown")
    response = visit.go(local(visit.typed("next"), "/today"))
    visit.setup.sessions.keep(response, way.token_of(name))
    return response


@screen.does("/sign-out", public=True, back="/sign-in")
async def sign_out(visit: Visit) -> Response:
    response = visit.go("/sign-in", said="out")
    visit.setup.sessions.end(response)
    return response


def _page(visit: Visit, next_: str, status: int = 200, *, fault: str = "") -> Response:
    personas = visit.setup.way.offered(visit.request)
    return visit.page("page.html", status, personas=personas, next=local(next_, "/today"), fault=fault)
