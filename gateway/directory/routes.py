"""Routes: the public directory: every alliance, and each with its members of any day, as a page or as data."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from contracts.base import Refusal
from contracts.refusals import NotFound
from gateway.context import Context
from gateway.directory import page
from gateway.directory.asked import ALLIANCES, Asked, alliance_path, language_in
from gateway.directory.linked import MEDIA_TYPE, linked, written
from gateway.directory.words import Trouble
from gateway.graph.relay import id_in_address
from gateway.locale import Locale
from gateway.protocol.media import best_offer, locale_of
from gateway.protocol.tags import has_it, tag_of
from gateway.rpc import Faulty, Refused
from kit.broker.bus import Unavailable
from kit.telemetry.logs import log

PAGE = 100
"""How many members or alliances a page has: most alliances stand whole on one."""
AGE = 60  # seconds for which others may rely on a page
OFFERS = ("text/html", MEDIA_TYPE, "application/json")
_STATUS: dict[Trouble, int] = {"unknown": 404, "wrong": 400, "away": 503}

Visit = Callable[[HTTPConnection], Context]
Said = dict[str, Any]


def directory_routes(visit: Visit) -> list[BaseRoute]:
    """`visit` gives the context in which a visitor asks: whoever comes sees what everybody may see."""
    directory = _Directory(visit)
    return [
        Route(ALLIANCES, _shown(directory.alliances)),
        Route(f"{ALLIANCES}/{{id}}", _shown(directory.alliance)),
    ]


class _Directory:
    """Asks alliances as a visitor, so that what is not public cannot come into a page."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit

    async def alliances(self, request: Request) -> Response:
        """A page of the alliances, all or those that are searched for."""
        asked = Asked.of(ALLIANCES, request.query_params, ("search", "after"))
        context = self._visit(request)
        which = asked.arguments(search="search", after="after")
        found = await context.rpc.query("alliances", "alliances", first=PAGE, **which)
        return _answer(request, page.alliances(found, asked, _locale(request, context)).encode(), "text/html")

    async def alliance(self, request: Request) -> Response:
        id_ = id_in_address("Alliance", request.path_params["id"])
        asked = Asked.of(alliance_path(id_), request.query_params, ("on", "class", "region", "after"))
        context = self._visit(request)
        found = await _found(context, id_, asked)
        data = linked(
            found.alliance, found.members["nodes"], parent=found.parent, parts=found.parts, address=context.address
        )
        kind = best_offer(request.headers.get("accept", "*/*"), OFFERS) or OFFERS[0]
        if kind != OFFERS[0]:
            return _answer(request, written(data), kind)
        shown = page.alliance(found, data, asked, _locale(request, context))
        return _answer(request, shown.encode(), kind)


async def _found(context: Context, id_: str, asked: Asked) -> page.Found:
    """All that the page shows; refuses with NotFound where there is no such alliance."""

    def ask(method: str, **arguments: Any) -> Awaitable[Any]:
        return context.rpc.query("alliances", method, **arguments)

    which = asked.arguments(on_day="on", member_class="class", region="region", after="after")
    day = asked.arguments(on_day="on")
    entries, members, figures, parts = await asyncio.gather(
        ask("alliances_by_id", ids=[id_]),
        ask("members", alliance_id=id_, by_class=True, first=PAGE, **which),
        ask("member_statistics", alliance_id=id_, **day),
        ask("alliances", parent_id=id_, first=PAGE),
    )
    if not entries:
        raise NotFound("id")
    parent_id = entries[0]["parent_id"]
    parents = await ask("alliances_by_id", ids=[parent_id]) if parent_id else []
    return page.Found(entries[0], members, figures, parts["nodes"], next(iter(parents), None))


def _shown(endpoint: Callable[[Request], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
    """The endpoint, with a page that says so where there is nothing to show."""

    async def respond(request: Request) -> Response:
        try:
            return await endpoint(request)
        except (Refusal, Refused) as error:
            refusals = error.refusals if isinstance(error, Refused) else [error]
            missing = any(isinstance(refusal, NotFound) for refusal in refusals)
            return _trouble(request, "unknown" if missing else "wrong")
        except (Unavailable, Faulty) as error:
            log(__name__).warning("the directory could not be asked for", reason=str(error))
            return _trouble(request, "away")

    return respond


def _answer(request: Request, body: bytes, kind: str) -> Response:
    tag = tag_of(body)
    headers = {**_headers(), "etag": tag, "cache-control": f"public, max-age={AGE}"}
    if has_it(request, tag):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=kind, headers=headers)


def _trouble(request: Request, trouble: Trouble) -> Response:
    locale = language_in(request.query_params, locale_of(request))
    headers = {**_headers(), "cache-control": "no-store"} | ({"retry-after": "5"} if trouble == "away" else {})
    return Response(page.trouble(trouble, locale), _STATUS[trouble], headers, "text/html")


def _headers() -> dict[str, str]:
    return {
        "content-security-policy": page.PAGES.policy,
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
        "vary": "Accept, Accept-Language",
    }


def _locale(request: Request, context: Context) -> Locale:
    return language_in(request.query_params, context.locale)
