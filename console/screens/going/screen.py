"""Going: from the id of a thing to the page that shows it, so that whoever writes a link need not know pages."""

from __future__ import annotations

from starlette.responses import Response

from console.answers import NOT_FOUND, SIGN_IN, Stop, Trouble
from console.links import path_of
from console.screen import Screen
from console.visit import Visit

screen = Screen("going")


@screen.shows("/go/{id}", public=True)
async def going(visit: Visit) -> Response:
    """To the page; a visitor to whom the thing is not open signs in first, and comes back here."""
    told = await visit.ask("Going", id=visit.part("id"))
    trouble, path = told.trouble("node"), path_of(told["node"])
    if trouble and trouble.away:
        raise Stop(trouble)
    if path is None:
        raise Stop(Trouble(NOT_FOUND if visit.identity else SIGN_IN, ""))
    return visit.go(path)
