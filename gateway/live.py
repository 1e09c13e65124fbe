"""Live: hands the messages that pass by to the subscriptions that are open on this gateway."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from gateway.rpc import Wire
from kit.envelope import Envelope

LONGEST_QUEUE = 1000


class Live:
    """One overheard stream, many listeners. It promises nothing: what a page missed it finds by asking."""

    def __init__(self, wire: Wire, types: tuple[str, ...]) -> None:
        self._listeners: set[tuple[str, asyncio.Queue[Envelope]]] = set()
        wire.overhear(types, self._hear)

    def _hear(self, envelope: Envelope) -> None:
        for type_, queue in self._listeners:
            if type_ == envelope.type and not queue.full():
                queue.put_nowait(envelope)

    async def listen(self, type_: str) -> AsyncIterator[Envelope]:
        """The messages of one type from now on; a listener that lags LONGEST_QUEUE behind misses the rest."""
        listener = (type_, asyncio.Queue[Envelope](LONGEST_QUEUE))
        self._listeners.add(listener)
        try:
            while True:
                yield await listener[1].get()
        finally:
            self._listeners.discard(listener)
