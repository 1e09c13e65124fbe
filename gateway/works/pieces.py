"""Pieces: takes in a file piece by piece, on a ticket of the service whose it is, and keeps none that is not what it says."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from contracts import uploads
from contracts.refusals import SignInRequired
from contracts.transfers import GatewayBusy, TooManyTransfers
from contracts.uploads import PIECE_TICKET, length_of, piece_key
from gateway.context import Context
from gateway.transfers.pace import Pace, TooSlow, arriving
from gateway.transfers.places import Places
from gateway.transfers.settings import TransferSettings
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

    person: str
    key: str
    length: int


class Pieces:
    """PUT /works/pieces/<ticket>/<number>. Each that arrives holds a part of the store's in memory, so their number is bounded.

    Who has asked and sends nothing holds no place of those that all share, and only few of their own.
    """

    def __init__(
        self, settings: Settings, context_of: Callable[[Request], Awaitable[Context]], now: Callable[[], datetime]
    ) -> None:
        self._settings = settings
        self._bounds = settings.of(TransferSettings)
        self._context_of = context_of
        self._now = now
        self._of_person = Places(self._bounds.each, partial(TooManyTransfers, max=self._bounds.each))
        self._of_piece = Places(1, uploads.PieceUnderWay)
        self._arriving = Places(self._bounds.uploads, GatewayBusy)

    async def put(self, request: Request) -> Response:
        """Keep the piece, in place of an earlier one of its number; 204, or a problem and nothing is kept."""
        piece = self._piece(request, await self._context_of(request))
        _check_headers(request, piece)
        digests = digests_of(request.headers)
        with self._of_person.one(piece.person), self._of_piece.one(piece.key):
            try:
                await self._take_in(arriving(request, self._pace()), piece, digests)
            except TooSlow:
                raise uploads.PieceTooSlow(rate=self._bounds.rate) from None
        return Response(status_code=204, headers=NO_STORE)

    def _pace(self) -> Pace:
        return Pace(self._bounds, uploads.LONGEST_PIECE)

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
        return _Piece(context.identity.id, piece_key(ticket["upload"], number), length)

    async def _take_in(self, chunks: AsyncIterator[bytes], piece: _Piece, digests: set[bytes]) -> None:
        first = await anext(chunks, b"")
        with self._arriving.one():
            draft = await run_in_threadpool(store_of(self._settings).draft, piece.key)
            try:
                if digests != {await _fill(draft, first, chunks, piece.length)}:
                    raise uploads.DigestWrong
                await run_in_threadpool(draft.keep)
            finally:
                await run_in_threadpool(draft.discard)


async def _fill(draft: Draft, first: bytes, others: AsyncIterator[bytes], length: int) -> bytes:
    """The SHA-256 of what arrived; refuses with PieceTooLarge at the first byte too many, or with PieceTooSmall."""
    digest, arrived, chunk = hashlib.sha256(), 0, first
    while chunk:
        arrived += len(chunk)
        if arrived > length:
            raise uploads.PieceTooLarge(length=length)
        digest.update(chunk)
        await run_in_threadpool(draft.write, chunk)
        chunk = await anext(others, b"")
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
