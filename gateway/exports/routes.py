"""Routes: tables as files, written while they are read from a service a thousand rows at a time."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import IO, Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from contracts.refusals import NotFound
from gateway.context import Context
from gateway.exports.cells import headings, rows_of
from gateway.exports.kinds import KINDS, Kind
from gateway.transfers.downloads import Downloads
from gateway.transfers.rendering import Rendering
from gateway.works.answers import answering
from kit.files.names import disposition
from kit.sheets.writing import MARK, chunks, csv_lines

MOST_PARTS = 1000
"""More rows than a spreadsheet has room for are never written."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SAFE = {
    "cache-control": "private, no-store",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "vary": "accept-language, authorization",
}

Parts = AsyncIterator[dict[str, Any]]


def export_routes(
    context_of: Callable[[Request], Awaitable[Context]], downloads: Downloads, rendering: Rendering
) -> list[BaseRoute]:
    """GET with the bearer token that GraphQL takes; what is public is given to a visitor too."""
    exports = _Exports(context_of, downloads, rendering)
    return [
        *(Route(f"/exports/{{kind}}{of}.csv", answering(exports.csv)) for of in ("", "/{id}")),
        *(Route(f"/exports/{{kind}}{of}.xlsx", answering(exports.xlsx)) for of in ("", "/{id}")),
    ]


class _Exports:
    """The first part is read before anything is answered, so that a refusal is an answer and no broken file."""

    def __init__(
        self, context_of: Callable[[Request], Awaitable[Context]], downloads: Downloads, rendering: Rendering
    ) -> None:
        self._context_of = context_of
        self._downloads = downloads
        self._rendering = rendering

    async def csv(self, request: Request) -> Response:
        kind, context = _kind(request), await self._context_of(request)
        async with self._downloads.place(request, context.identity) as download:
            first, parts = await _begun(request, context, kind)
            headers = _headers(f"{_file_name(first, kind, context)}.csv", "text/csv; charset=utf-8; header=present")
            if request.method == "HEAD":
                return Response(headers=headers)
            return download.sent(_lines(first, parts, context), headers)

    async def xlsx(self, request: Request) -> Response:
        kind, context = _kind(request), await self._context_of(request)
        async with self._downloads.place(request, context.identity) as download:
            first, parts = await _begun(request, context, kind)
            headers = _headers(f"{_file_name(first, kind, context)}.xlsx", XLSX)
            if request.method == "HEAD":
                return Response(headers=headers)
            async with self._rendering.turn(request, context.identity):
                file = await _book(first, parts, context, title=context.in_language(*kind.title))
            download.afterwards(file.close)
            return download.sent(chunks(file), headers)


async def _begun(request: Request, context: Context, kind: Kind) -> tuple[dict[str, Any], Parts]:
    """The first part of the table, and how the others are had."""
    asked = kind.arguments(request.path_params.get("id"), request.query_params)

    async def part(after: str | None) -> dict[str, Any]:
        found: dict[str, Any] = await context.rpc.query(kind.service, kind.method, **asked, after=after)
        return found

    async def others(after: str | None) -> Parts:
        for _ in range(1, MOST_PARTS):
            if after is None:
                return
            found = await part(after)
            after = found["after"]
            yield found

    first = await part(None)
    return first, others(first["after"])


async def _with(first: dict[str, Any], others: Parts) -> Parts:
    yield first
    async for part in others:
        yield part


async def _lines(first: dict[str, Any], others: Parts, context: Context) -> AsyncIterator[bytes]:
    yield MARK.encode() + csv_lines([headings(first["columns"], context.locale)])
    async for part in _with(first, others):
        yield csv_lines(rows_of(part, context.locale))


async def _book(first: dict[str, Any], others: Parts, context: Context, *, title: str) -> IO[bytes]:
    """The whole table as a workbook; one that is given up is ended all the same, for it has a file of its own."""
    from kit.sheets.workbook import Xlsx  # noqa: PLC0415 - openpyxl is slow to import, and most gateways write no workbook

    book, whole = Xlsx(title, headings(first["columns"], context.locale)), False
    try:
        async for part in _with(first, others):
            await run_in_threadpool(book.add, rows_of(part, context.locale))
        whole = True
    finally:
        file = await run_in_threadpool(book.close)
        if not whole:
            file.close()
    return file


def _kind(request: Request) -> Kind:
    found = KINDS.get(request.path_params["kind"])
    if found is None:
        raise NotFound("kind")
    return found


def _file_name(first: dict[str, Any], kind: Kind, context: Context) -> str:
    return f"{first['name']['en' if context.locale == 'en' else 'zh']} {context.in_language(*kind.title)}"


def _headers(name: str, media_type: str) -> dict[str, str]:
    """As something to save."""
    return {**_SAFE, "content-type": media_type, "content-disposition": disposition(name)}
