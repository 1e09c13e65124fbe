"""Live: hands the messages that pass by to the subscriptions of those to whom they are addressed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any, TypeVar

from marshmallow import ValidationError

from contracts.base import Message
from gateway.protocol.faults import Fault
from gateway.rpc import Wire
from kit.wire.envelope import Envelope

LONGEST_QUEUE = 1000

Key = tuple[str, str]
"""The type of a message and its recipient."""
AnyMessage = TypeVar("AnyMessage", bound=Message)


class Live:
    """One overheard stream, many listeners. It promises nothing: what a page missed it finds by asking.

    Each of the `types` names in `recipient` whom it is for.
    """

    def __init__(self, wire: Wire, types: tuple[str, ...]) -> None:
        self._listeners: dict[Key, set[Listener[Any]]] = {}
        wire.overhear(types, self._hear)

    def _hear(self, envelope: Envelope) -> None:
        """A telling may be wide and few of its recipients have a page open: only what is theirs is read."""
        listeners = self._listeners.get((envelope.type, str(envelope.data.get("recipient"))))
        if not listeners:
            return
        try:
            message = envelope.message()
        except (KeyError, ValidationError):
            return  # the subscribers with a queue of their own put it aside
        for listener in tuple(listeners):
            listener.hear(message)

    def listen(self, kind: type[AnyMessage], recipient: str) -> Listener[AnyMessage]:
        """The messages of one kind to one person from this moment on; to be closed."""
        key = (kind.type, recipient)
        listener: Listener[AnyMessage] = Listener(lambda: self._forget(key, listener))
        self._listeners.setdefault(key, set()).add(listener)
        return listener

    def _forget(self, key: Key, listener: Listener[Any]) -> None:
        listeners = self._listeners.get(key, set())
        listeners.discard(listener)
        if not listeners:
            self._listeners.pop(key, None)


class Listener(AsyncIterator[AnyMessage]):
    """One subscription's messages; one that falls LONGEST_QUEUE behind is told so by the Fault FELL_BEHIND, and ends."""

    def __init__(self, leave: Callable[[], None]) -> None:
        self._leave = leave
        self._queue: asyncio.Queue[AnyMessage] = asyncio.Queue(LONGEST_QUEUE)
        self._behind = False

    def hear(self, message: AnyMessage) -> None:
        if self._queue.full():
            self._behind = True
            self._leave()
        else:
            self._queue.put_nowait(message)

    async def __anext__(self) -> AnyMessage:
        if self._behind:
            raise Fault("FELL_BEHIND")
        return await self._queue.get()

    async def aclose(self) -> None:
        self._leave()
