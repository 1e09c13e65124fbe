"""Downloads: what is sent goes as fast as its reader takes it, and whoever takes it too slowly holds up nobody else."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection
from starlette.responses import Response, StreamingResponse
from starlette.types import Message, Receive, Scope, Send

from contracts.transfers import GatewayBusy, TooManyTransfers
from gateway.transfers.pace import Pace, TooSlow
from gateway.transfers.places import Places, Shares
from gateway.transfers.settings import TransferSettings
from gateway.viewer import Identity
from kit.telemetry.logs import log

Body = Iterator[bytes] | AsyncIterator[bytes]


class Downloads:
    """The places of all downloads through this gateway."""

    def __init__(self, settings: TransferSettings) -> None:
        self._settings = settings
        self._shares = shares(settings)

    @asynccontextmanager
    async def place(self, connection: HTTPConnection, identity: Identity | None) -> AsyncIterator[Download]:
        """A place for one download; it is free at the end of the block, or when what was `sent` has arrived or is given up.

        Refuses with GatewayBusy or TooManyTransfers.
        """
        async with AsyncExitStack() as held:
            held.enter_context(self._shares.one(connection, identity))
            yield Download(held, Pace(self._settings))


class Download:
    """A place that is held, and what else is to be let go of with it."""

    def __init__(self, held: AsyncExitStack, pace: Pace) -> None:
        self._held = held
        self._pace = pace

    def afterwards(self, close: Callable[[], None]) -> None:
        """Have this called at the end, however that comes."""
        self._held.push_async_callback(run_in_threadpool, close)

    def sent(self, body: Body, headers: Mapping[str, str]) -> Response:
        """The answer, which keeps the place until it has been taken in."""
        return _Sent(body, headers, self._held.pop_all(), self._pace)


class _Sent(StreamingResponse):
    def __init__(self, body: Body, headers: Mapping[str, str], held: AsyncExitStack, pace: Pace) -> None:
        super().__init__(body, headers=headers)
        self._held = held
        self._pace = pace

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def paced(message: Message) -> None:
            async with self._pace.waiting():
                await send(message)
            self._pace.moved(len(message.get("body", b"")))

        async with self._held:
            try:
                await super().__call__(scope, receive, paced)
            except TooSlow:  # the answer stays without an end, by which its reader knows that it is not whole
                log(__name__).info("a download was given up: its reader is too slow")


def shares(settings: TransferSettings) -> Shares:
    """Places for one kind of download."""
    return Shares(
        Places(settings.downloads, GatewayBusy),
        Places(settings.each, partial(TooManyTransfers, max=settings.each)),
        Places(settings.address, partial(TooManyTransfers, max=settings.address)),
    )
