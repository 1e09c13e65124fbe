"""Crowd: how many requests are answered at once, in all and of one address; the others are asked to come again."""

from __future__ import annotations

from collections import Counter

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from gateway.addresses import address_of
from gateway.edge.refusing import refuse
from gateway.observed import UNWATCHED
from gateway.protocol.faults import Fault

RETRY_AFTER = 1  # seconds


class Crowd:
    """ASGI middleware: at most `most` requests at once, of one address `of_one`. Who watches is always answered.

    A WebSocket is no request: its connection is counted by the server.
    """

    def __init__(self, app: ASGIApp, *, most: int, of_one: int) -> None:
        self._app = app
        self._most = most
        self._of_one = of_one
        self._within: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in UNWATCHED:
            await self._app(scope, receive, send)
            return
        address = address_of(HTTPConnection(scope))
        if self._within.total() >= self._most or self._within[address] >= self._of_one:
            fault = Fault("TOO_BUSY", status=503, headers={"retry-after": str(RETRY_AFTER)})
            await refuse(fault, scope, receive, send)
            return
        await self._let_in(address, scope, receive, send)

    async def _let_in(self, address: str, scope: Scope, receive: Receive, send: Send) -> None:
        self._within[address] += 1
        try:
            await self._app(scope, receive, send)
        finally:
            self._within[address] -= 1
            if not self._within[address]:
                del self._within[address]
