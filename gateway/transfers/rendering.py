"""Rendering: pages, workbooks and calendars are drawn by few cores, and nobody fills the queue in front of them alone."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.requests import HTTPConnection

from gateway.transfers.downloads import shares
from gateway.transfers.settings import TransferSettings
from gateway.viewer import Identity

AT_ONCE = 2
"""Each takes one core while it lasts."""


class Rendering:
    """The turns of one kind of rendering: two at a time, in the order in which they were asked for."""

    def __init__(self, settings: TransferSettings) -> None:
        self._shares = shares(settings)
        self._lanes = asyncio.Semaphore(AT_ONCE)

    @asynccontextmanager
    async def turn(self, connection: HTTPConnection, identity: Identity | None) -> AsyncIterator[None]:
        """Wait for a core; refuses with GatewayBusy or TooManyTransfers where so many wait already."""
        with self._shares.one(connection, identity):
            async with self._lanes:
                yield
