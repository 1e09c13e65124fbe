"""Live: hands the messages that pass by to the subscriptions that are open on this gateway."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from gateway.rpc import Wire
from kit.wire.envelope import Envelope

LONGEST_QUEUE = 1000


class Live:
    """One overheard stream, many listeners. It promises nothing: what a page missed it finds by asking."""

    def __init__(self, wire: Wire, types: tuple[str, ...]) -> None:
        self._listeners: set[Listener] = set()
        wire.overhear(types, self._hear)

    def _hear(self, envelope: Envelope) -> None:
        for listener in self._listeners:
            listener.hear(envelope)

    def listen(self, type_: str) -> Listener:
        """The messages of one type from this moment on; to be closed."""
        listener = Listener(type_, self._listeners)
        self._listeners.add(listener)
        return listener


class Listener(AsyncIterator[Envelope]):
    """One subscription's messages; one that lags LONGEST_QUEUE behind misses the rest."""

    def __init__(self, type_: str, listeners: set[Listener]) -> None:
        self._type = type_
        self._listeners = listeners
        self._queue: asyncio.Queue[Envelope] = asyncio.Queue(LONGEST_QUEUE)

    def hear(self, envelope: Envelope) -> None:
        if envelope.type == self._type and not self._queue.full():
            self._queue.put_nowait(envelope)

    async def __anext__(self) -> Envelope:
        return await self._queue.get()

    async def aclose(self) -> None:
        self._listeners.discard(self)
