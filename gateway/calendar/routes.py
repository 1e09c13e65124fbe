"""Routes: calendars to subscribe to: of a competition for everybody, of a person for whoever has its secret address."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import orjson
from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from gateway.calendar.feed import feed
from gateway.context import Context
from gateway.graph.relay import id_in_address, to_global_id
from gateway.locale import Locale
from gateway.protocol.tags import has_it, tag_of
from gateway.remembered import Remembered
from gateway.transfers.rendering import Rendering
from gateway.works.answers import answering
from kit.files.names import disposition

COMPETITIONS = "/calendar/competitions"
PEOPLE = "/calendar/people"
MINE = ("我的赛事日历", "My competitions")
FORMAT = 2
"""Grows when the same items are to be written in another way, so that nobody keeps the old text."""
FEEDS_KEPT = 32  # writing a thousand items takes a second
FEEDS_LENGTH = 4_000_000  # bytes of what they are written from; what is written has some three times as many
_SAFE = {"x-content-type-options": "nosniff", "referrer-policy": "no-referrer", "vary": "accept-language"}

Visit = Callable[[HTTPConnection], Context]


def calendar_routes(visit: Visit, rendering: Rendering) -> list[BaseRoute]:
    """`visit` gives the context in which a visitor asks: calendar programs show no token."""
    calendars = _Calendars(visit, rendering)
    return [
        Route(f"{COMPETITIONS}/{{id}}.ics", answering(calendars.of_competition)),
        Route(f"{PEOPLE}/{{secret}}.ics", answering(calendars.of_person)),
    ]


def competition_address(address: str, competition_id: str) -> str:
    """Where the calendar of a competition is, by its plain id."""
    return f"{address}{COMPETITIONS}/{to_global_id('Competition', competition_id)}.ics"


def person_address(address: str, secret: str) -> str:
    """Where somebody's own calendar is."""
    return f"{address}{PEOPLE}/{secret}.ics"


class _Calendars:
    """Asks the events service what is dated, and answers 304 to a program that has it already."""

    def __init__(self, visit: Visit, rendering: Rendering) -> None:
        self._visit = visit
        self._rendering = rendering
        self._write = Remembered(_written, entries=FEEDS_KEPT, longest=FEEDS_LENGTH, total=FEEDS_LENGTH)

    async def of_competition(self, request: Request) -> Response:
        competition_id = id_in_address("Competition", request.path_params["id"])
        context = self._visit(request)
        found = await context.rpc.query("events", "competition_calendar", competition_id=competition_id)
        return await self._answer(request, context, found, competition_address(context.address, competition_id))

    async def of_person(self, request: Request) -> Response:
        secret, context = request.path_params["secret"], self._visit(request)
        found = await context.rpc.query("events", "person_calendar", secret=secret)
        return await self._answer(request, context, found, person_address(context.address, secret))

    async def _answer(self, request: Request, context: Context, found: dict[str, Any], source: str) -> Response:
        locale = _locale(request, context)
        items = orjson.dumps(found["items"])
        name = found["name"] or dict(zip(("zh", "en"), MINE, strict=True))
        named = name["en" if locale == "en" and name["en"] else "zh"]
        tag = _tag(items, named, locale, source)
        headers = {**_SAFE, "etag": tag, "cache-control": _age(found), "content-language": locale}
        if has_it(request, tag):
            return Response(status_code=304, headers=headers)
        async with self._rendering.turn(request, None):
            body = await run_in_threadpool(self._write, items, named, locale, source, context.address)
        kind = {
            "content-type": "text/calendar; charset=utf-8",
            "content-disposition": disposition("calendar.ics", "inline"),
        }
        return Response(body, headers={**headers, **kind})


def _written(items: bytes, name: str, locale: Locale, source: str, address: str) -> bytes:
    def page(competition_id: str) -> str:
        return competition_address(address, competition_id)

    return feed(orjson.loads(items), name=name, locale=locale, source=source, page=page)


def _locale(request: Request, context: Context) -> Locale:
    """The language in the address (`?language=en`), which calendar programs keep, else that of the header."""
    asked = request.query_params.get("language", context.locale)
    return "en" if asked == "en" else "zh-CN"


def _tag(items: bytes, name: str, locale: str, source: str) -> str:
    return tag_of(items, *(said.encode() for said in (name, locale, source, str(FORMAT))))


def _age(found: dict[str, Any]) -> str:
    return "public, max-age=300" if found["name"] else "private, no-cache"
