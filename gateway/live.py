"""Live: hands the messages that pass by to the subscriptions of those to whom they are addressed."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from typing import Any, Generic, TypeVar

from marshmallow import ValidationError

from contracts.base import Message
from gateway.protocol.faults import Fault
from gateway.protocol.shared import Shared
from gateway.rpc import Wire
from gateway.watching import Watcher, concerned
from kit.wire.envelope import Envelope

LONGEST_QUEUE = 1000
MOST_SUBSCRIPTIONS = 100

Key = tuple[str, str]
"""The type of a message, and its recipient or what it is about."""
AnyMessage = TypeVar("AnyMessage", bound=Message)


class Arrival(Shared, Generic[AnyMessage]):
    """A message that came for one person, to all of their pages."""

    def __init__(self, message: AnyMessage) -> None:
        super().__init__()
        self.message = message


class Live:
    """One overheard stream, many listeners, `most` of one person. It promises nothing: what a page missed it finds by asking.

    A message of one of these `types` is for whoever is its `recipient`, and wakes those who watch what it is about.
    """

    def __init__(self, wire: Wire, types: tuple[str, ...], most: int = MOST_SUBSCRIPTIONS) -> None:
        self._most = most
        self._listeners: dict[Key, set[Listener[Any]]] = {}
        self._watchers: dict[Key, set[Watcher]] = {}
        self._watching: Counter[str] = Counter()
        wire.overhear(types, self._hear)

    def _hear(self, envelope: Envelope) -> None:
        """A telling may be wide and few of its recipients have a page open: only what is theirs is read."""
        for about in concerned(envelope.data):
            for watcher in tuple(self._watchers.get((envelope.type, about), ())):
                watcher.wake()
        listeners = self._listeners.get((envelope.type, str(envelope.data.get("recipient"))))
        if not listeners:
            return
        try:
            message = envelope.message()
        except (KeyError, ValidationError):
            return  # the subscribers with a queue of their own put it aside
        arrival = Arrival(message)
        for listener in tuple(listeners):
            listener.hear(arrival)

    def listen(self, kind: type[AnyMessage], recipient: str) -> Listener[AnyMessage]:
        """The messages of one kind to one person from this moment on; to be closed. Raises TOO_MANY_SUBSCRIPTIONS."""
        key = (kind.type, recipient)
        if len(self._listeners.get(key, ())) >= self._most:
            raise Fault("TOO_MANY_SUBSCRIPTIONS", allowed=self._most)
        listener: Listener[AnyMessage] = Listener(lambda: self._forget(key, listener))
        self._listeners.setdefault(key, set()).add(listener)
        return listener

    def watch(self, kinds: Sequence[type[Message]], about: str, person: str) -> Watcher:
        """Whoever is woken by messages of these kinds about one thing; to be left. Raises TOO_MANY_SUBSCRIPTIONS."""
        if self._watching[person] >= self._most:
            raise Fault("TOO_MANY_SUBSCRIPTIONS", allowed=self._most)
        keys = [(kind.type, about) for kind in kinds]
        watcher = Watcher(lambda: self._leave(keys, watcher, person))
        self._watching[person] += 1
        for key in keys:
            self._watchers.setdefault(key, set()).add(watcher)
        return watcher

    def _leave(self, keys: Sequence[Key], watcher: Watcher, person: str) -> None:
        if watcher not in self._watchers.get(keys[0], ()):
            return  # it has left before
        for key in keys:
            watchers = self._watchers.get(key, set())
            watchers.discard(watcher)
            if not watchers:
                self._watchers.pop(key, None)
        self._watching[person] -= 1
        if not self._watching[person]:
            del self._watching[person]  # whoever watches nothing is forgotten

    def _forget(self, key: Key, listener: Listener[Any]) -> None:
        listeners = self._listeners.get(key, set())
        listeners.discard(listener)
        if not listeners:
            self._listeners.pop(key, None)


class Listener(AsyncIterator[Arrival[AnyMessage]]):
    """One subscription's messages; one that falls LONGEST_QUEUE behind is told so by the Fault FELL_BEHIND, and ends."""

    def __init__(self, leave: Callable[[], None]) -> None:
        self._leave = leave
        self._queue: asyncio.Queue[Arrival[AnyMessage]] = asyncio.Queue(LONGEST_QUEUE)
        self._behind = False

    def hear(self, arrival: Arrival[AnyMessage]) -> None:
        if self._queue.full():
            self._behind = True
            self._leave()
        else:
            self._queue.put_nowait(arrival)

    async def __anext__(self) -> Arrival[AnyMessage]:
        if self._behind:
            raise Fault("FELL_BEHIND")
        return await self._queue.get()

    async def aclose(self) -> None:
        self._leave()
