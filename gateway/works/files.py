"""Files: gives out a file on a ticket, as something to save and never to run, saying no more of it than the ticket allows."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from contracts.alliances.membership.papers import PAPER_TICKET
from contracts.events.attachments.attachments import ATTACHMENT_TICKET
from contracts.events.judging.works import FILE_TICKET
from contracts.refusals import NotFound
from contracts.uploads import TicketInvalid
from gateway.context import Context
from gateway.transfers.downloads import Downloads
from kit.files.names import disposition
from kit.files.store import Missing, chunks_of
from kit.files.stores import store_of
from kit.files.tickets import BadTicket, tickets_of
from kit.settings import Settings

SAFE = {
    "cache-control": "private, no-store",
    "content-security-policy": "sandbox; default-src 'none'",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}
"""No page may run or embed a file that somebody uploaded, and the address with its ticket goes nowhere else."""


@dataclass(frozen=True)
class Kind:
    """A kind of file: what its tickets are for, and the question by which a service says which file that is."""

    purpose: str
    service: str
    question: str


WORK = Kind(FILE_TICKET, "events", "file_of_ticket")
PAPER = Kind(PAPER_TICKET, "alliances", "paper_of_ticket")
ATTACHMENT = Kind(ATTACHMENT_TICKET, "events", "attachment_of_ticket")


class Files:
    """GET <where files of a kind lie>/<ticket>. The service says which file that is, so that a ticket need not."""

    def __init__(
        self,
        kind: Kind,
        settings: Settings,
        context_of: Callable[[Request], Awaitable[Context]],
        now: Callable[[], datetime],
        downloads: Downloads,
    ) -> None:
        self._kind = kind
        self._settings = settings
        self._downloads = downloads
        self._context_of = context_of
        self._now = now

    async def get(self, request: Request) -> Response:
        """The file as an attachment. Neither when it arrived nor its checksum is said: judges must not learn them."""
        ticket = request.path_params["ticket"]
        try:
            tickets_of(self._settings).verify(ticket, self._kind.purpose, now=self._now())
        except BadTicket:
            raise TicketInvalid from None
        context = await self._context_of(request)
        file = await context.rpc.query(self._kind.service, self._kind.question, ticket=ticket)
        if request.method == "HEAD":
            return Response(headers=_headers(file))
        async with self._downloads.place(request, context.identity) as download:
            try:
                reader = await run_in_threadpool(store_of(self._settings).get, file["key"])
            except Missing:
                raise NotFound("ticket") from None
            download.afterwards(reader.close)
            return download.sent(chunks_of(reader), _headers(file))


def _headers(file: dict[str, Any]) -> dict[str, str]:
    return {
        **SAFE,
        "content-type": file["media_type"],
        "content-length": str(file["size"]),
        "content-disposition": disposition(file["name"]),
    }
