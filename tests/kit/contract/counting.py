"""Counting: a wire that remembers what went over it."""

from __future__ import annotations

from gateway.rpc import Wire
from kit.wire.request import Payload, Request


class CountingWire:
    """Passes calls on, and keeps (service, method) of each in `sent`."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self.sent: list[tuple[str, str]] = []

    async def send(self, service: str, request: Request) -> Payload:
        self.sent.append((service, request.method))
        return await self._wire.send(service, request)
