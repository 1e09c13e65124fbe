"""Pieces: takes in a file piece by piece, on a ticket of the events service, and keeps none that is not what it says."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from contracts import uploads
from contracts.events.judging.works import PIECE_TICKET
from contracts.refusals import SignInRequired
from contracts.uploads import length_of, piece_key
from gateway.context import Context
from gateway.works.answers import NO_STORE
from gateway.works.digest import digests_of
from kit.files.store import Draft
from kit.files.stores import store_of
from kit.files.tickets import BadTicket, tickets_of
from kit.settings import Settings
from kit.telemetry.logs import log


@dataclass(frozen=True)
class _Piece:
    """A piece as its ticket wants it: `length` bytes, of which only the bearer `person` may send."""

    key: str
    length: int


class Pieces:
    """PUT /works/pieces/<ticket>/<number>. `seconds` is the longest that a piece may take to arrive.

    `at_once` bounds how many arrive at the same time, each of which holds a part of the store's in memory.
    """

    def __init__(
        self,
        settings: Settings,
        context_of: Callable[[Request], Awaitable[Context]],
        now: Callable[[], datetime],
        *,
        seconds: float = 120.0,
        at_once: int = 16,
    ) -> None:
        self._settings = settings
        self._context_of = context_of
        self._now = now
        self._seconds = seconds
        self._places = at_once

    async def put(self, request: Request) -> Response:
        """Keep the piece, in place of an earlier one of its number; 204, or a problem and nothing is kept."""
        piece = self._piece(request, await self._context_of(request))
        _check_headers(request, piece)
        digests = digests_of(request.headers)
        if not self._places:
            raise uploads.GatewayBusy
        self._places -= 1
        try:
            async with asyncio.timeout(self._seconds):
                await self._take_in(request, piece, digests)
        except TimeoutError:
            raise uploads.PieceTooSlow from None
        finally:
            self._places += 1
        return Response(status_code=204, headers=NO_STORE)

    def _piece(self, request: Request, context: Context) -> _Piece:
        """What the ticket allows; the ticket of one person is of no use to another."""
        if context.identity is None:
            raise SignInRequired
        try:
            ticket = tickets_of(self._settings).verify(request.path_params["ticket"], PIECE_TICKET, now=self._now())
        except BadTicket:
            log(__name__).info("a ticket was not accepted")
            raise uploads.TicketInvalid from None
        if ticket["person"] != context.identity.id:
            raise uploads.TicketInvalid
        size, piece_size = ticket["size"], ticket["piece_size"]
        number = _number(request.path_params["number"])
        length = length_of(number, size=size, piece_size=piece_size)
        if length <= 0:
            raise uploads.PieceOutOfRange(pieces=-(-size // piece_size))
        return _Piece(piece_key(ticket["upload"], number), length)

    async def _take_in(self, request: Request, piece: _Piece, digests: set[bytes]) -> None:
        draft = await run_in_threadpool(store_of(self._settings).draft, piece.key)
        try:
            if digests != {await _fill(draft, request, piece.length)}:
                raise uploads.DigestWrong
            await run_in_threadpool(draft.keep)
        finally:
            await run_in_threadpool(draft.discard)


async def _fill(draft: Draft, request: Request, length: int) -> bytes:
    """The SHA-256 of what arrived; refuses with PieceTooLarge at the first byte too many, or with PieceTooSmall."""
    digest, arrived = hashlib.sha256(), 0
    async for chunk in request.stream():
        arrived += len(chunk)
        if arrived > length:
            raise uploads.PieceTooLarge(length=length)
        if chunk:
            digest.update(chunk)
            await run_in_threadpool(draft.write, chunk)
    if arrived < length:
        raise uploads.PieceTooSmall(length=length)
    return digest.digest()


def _check_headers(request: Request, piece: _Piece) -> None:
    """What can be said before the first byte is read."""
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise uploads.EncodingNotTaken
    announced = _number(request.headers.get("content-length", ""))
    if announced > piece.length:
        raise uploads.PieceTooLarge(length=piece.length)
    if 0 < announced < piece.length:
        raise uploads.PieceTooSmall(length=piece.length)


def _number(text: str) -> int:
    """The number in decimal digits; 0 for everything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 15 else 0
