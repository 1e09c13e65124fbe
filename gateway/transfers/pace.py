"""Pace: how long a peer may let us wait: not long at once, and in all no longer than its bytes need at the least rate."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.requests import Request

from gateway.transfers.settings import TransferSettings


class TooSlow(Exception):  # noqa: N818 - what becomes of the transfer
    """The peer moves fewer bytes than it may."""


class Pace:
    """Counts only what the peer lets us wait, never what we do ourselves. Lasts for one transfer, `longest` seconds at most."""

    def __init__(self, settings: TransferSettings, longest: float = float("inf")) -> None:
        self._rate = settings.rate
        self._patience = settings.patience
        self._longest = longest
        self._waited = 0.0
        self._moved = 0

    @asynccontextmanager
    async def waiting(self) -> AsyncIterator[None]:
        """Let the peer do something meanwhile; raises TooSlow."""
        loop = asyncio.get_running_loop()
        begun = loop.time()
        try:
            async with asyncio.timeout(self._left()):
                yield
        except TimeoutError:
            raise TooSlow from None
        finally:
            self._waited += loop.time() - begun

    def moved(self, count: int) -> None:
        self._moved += count

    def _left(self) -> float:
        """Seconds for which the peer may let us wait now."""
        owed = min(self._longest, self._patience + self._moved / self._rate) - self._waited
        return min(self._patience, owed)


async def arriving(request: Request, pace: Pace) -> AsyncIterator[bytes]:
    """The body as it comes, none of it empty; raises TooSlow or ClientDisconnect."""
    stream = request.stream()
    while True:
        async with pace.waiting():
            chunk = await anext(stream, b"")
        if not chunk:
            return
        pace.moved(len(chunk))
        yield chunk
