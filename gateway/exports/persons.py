"""Persons: all that the hub holds of one, as a JSON file that is written while the pieces are read from the services."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from contracts.alliances.people.exports import PersonExportNotReady
from contracts.refusals import NotFound
from gateway.context import Context
from gateway.graph.relay import id_in_address, to_global_id
from gateway.transfers.downloads import Downloads
from gateway.works.answers import answering
from kit.files.names import disposition
from kit.settings import SERVICES

PERSONS = "/exports/persons"
_HEADERS = {
    "cache-control": "private, no-store",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "vary": "authorization",
    "content-type": "application/json; charset=utf-8",
    "content-disposition": disposition("person.json"),
}


def person_export_address(address: str, export_id: str) -> str:
    """Where the file of an export is, by its plain id."""
    return f"{address}{PERSONS}/{to_global_id('PersonExport', export_id)}.json"


def person_routes(context_of: Callable[[Request], Awaitable[Context]], downloads: Downloads) -> list[BaseRoute]:
    """GET with the bearer token of who has asked for the export."""

    async def file(request: Request) -> Response:
        context = await context_of(request)
        export_id = id_in_address("PersonExport", request.path_params["id"])
        async with downloads.place(request, context.identity) as download:
            about, parts = await _whole(context, export_id)
            if request.method == "HEAD":
                return Response(headers=_HEADERS)
            return download.sent(_lines(context, about, parts), _HEADERS)

    return [Route(f"{PERSONS}/{{id}}.json", answering(file))]


async def _whole(context: Context, export_id: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The export and the parts of all services; refuses with NotFound, and with PersonExportNotReady while one is missing."""
    found = await context.rpc.query("alliances", "person_exports_by_id", ids=[export_id])
    if not found:
        raise NotFound("personExportId")
    asked = {"person_export_ids": [export_id]}
    answers = await asyncio.gather(*(context.rpc.query(each, "person_parts", **asked) for each in SERVICES))
    parts = [part for answer in answers for part in answer if part["finished_at"]]
    if len(parts) < len(SERVICES):
        raise PersonExportNotReady("personExportId")
    return found[0], parts


async def _lines(context: Context, about: dict[str, Any], parts: list[dict[str, Any]]) -> AsyncIterator[bytes]:
    """One JSON object: what was asked for, and under each service its rows, a line each."""
    yield b'{"export": ' + orjson.dumps(about)
    for part in parts:
        yield f',\n"{part["service"]}": {{"cut": {"true" if part["cut"] else "false"}, "rows": ['.encode()
        async for row in _rows(context, part):
            yield row
        yield b"\n]}"
    yield b"}\n"


async def _rows(context: Context, part: dict[str, Any]) -> AsyncIterator[bytes]:
    between = b"\n"
    for number in range(1, part["pieces"] + 1):
        asked = {"person_export_id": part["person_export_id"], "number": number}
        piece = await context.rpc.query(part["service"], "person_piece", **asked)
        for row in piece["rows"]:
            yield between + orjson.dumps({"source": piece["source"], **row})
            between = b",\n"
