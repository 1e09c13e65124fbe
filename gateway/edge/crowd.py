"""Crowd: how many requests are answered at once, in all and of one address; the others are asked to come again."""

from __future__ import annotations

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from gateway.addresses import address_of
from gateway.edge.refusing import refuse
from gateway.observed import UNWATCHED
from gateway.protocol.faults import Fault
from gateway.transfers.places import Places

RETRY_AFTER = 1  # seconds


class Busy(Fault):
    """There is no place for one more request."""

    def __init__(self) -> None:
        super().__init__("TOO_BUSY", status=503, headers={"retry-after": str(RETRY_AFTER)})


class Crowd:
    """ASGI middleware: at most `most` requests at once, of one address `of_one`. Who watches is always answered.

    A WebSocket is no request: its connection is counted by the server.
    """

    def __init__(self, app: ASGIApp, *, most: int, of_one: int) -> None:
        self._app = app
        self._all = Places(most, Busy)
        self._each = Places(of_one, Busy)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in UNWATCHED:
            await self._app(scope, receive, send)
            return
        try:
            with self._each.one(address_of(HTTPConnection(scope))), self._all.one():
                await self._app(scope, receive, send)
        except Busy as busy:
            await refuse(busy, scope, receive, send)
