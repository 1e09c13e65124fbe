"""Changes: a subscription to how something stands, which tells it at once and again whenever it has changed.

It is asked of its service as the viewer, each time. So whoever comes back after a break misses nothing, what came in another
order or not at all is made good, and a right that ends takes the subscription with it.
"""

from __future__ import annotations

import asyncio
import hashlib
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import orjson
from graphql import GraphQLResolveInfo

from contracts.base import Message
from contracts.refusals import SignInRequired
from gateway.context import Context
from gateway.graph.relay import local_id
from gateway.rpc import Faulty, Refused
from gateway.watching import Watcher
from kit.broker.bus import Unavailable

LEAST, QUIET, MOST = 0.5, 5.0, 60.0
"""Seconds between two looks: at least, however much happens; while nothing is heard at first, and in the end."""
SPREAD = 1.5
"""A pause lasts up to so many times as long, so that the pages which one message has woken do not all look again at once."""

State = dict[str, Any]
Look = Callable[[Context, str], Awaitable[State]]
"""How a thing with a plain id stands for the viewer; raises Refused where they may not know."""


def changes_of(node: str | None, look: Look, *kinds: type[Message]) -> Any:
    """What subscribes to a thing of this type, the argument of its name, or without one to what is the viewer's own.

    Messages of these kinds about it make it look again.
    """

    async def subscribe(
        _root: Any, info: GraphQLResolveInfo, since: str | None = None, **given: str
    ) -> AsyncIterator[State]:
        context = info.context
        if not context.identity:
            raise Refused([SignInRequired()])
        about = local_id(node, *reversed(next(iter(given.items())))) if node else context.identity.id
        watcher = context.live.watch(kinds, about, context.identity.id)  # what comes from here on is looked for again
        try:
            first = _numbered(await look(context.afresh(), about))
        except BaseException:
            watcher.leave()
            raise
        return Changes(watcher, lambda: look(context.afresh(), about), first, since)

    return subscribe


class Changes(AsyncIterator[State]):
    """How it stands, unless that was told under the id `since`, and each time that it stands otherwise."""

    def __init__(self, watcher: Watcher, look: Callable[[], Awaitable[State]], state: State, since: str | None) -> None:
        self._watcher, self._look = watcher, look
        self._state, self._told = state, since
        self._pause = QUIET

    async def __anext__(self) -> State:
        while self._state["id"] == self._told:
            await asyncio.sleep(LEAST)
            heard = await self._watcher.within(self._pause * random.uniform(1, SPREAD))
            self._pause = QUIET if heard else min(2 * self._pause, MOST)
            self._state = await _again(self._look, self._state)
        self._told = self._state["id"]
        return self._state

    async def aclose(self) -> None:
        self._watcher.leave()


async def _again(look: Callable[[], Awaitable[State]], state: State) -> State:
    """How it stands now, or as before while its service is away; a refusal ends the subscription."""
    try:
        return _numbered(await look())
    except (Unavailable, Faulty):
        return state


def _numbered(state: State) -> State:
    """With an id that is the same as long as it stands so."""
    text = orjson.dumps(state, option=orjson.OPT_SORT_KEYS, default=str)
    return {"id": hashlib.sha256(text).hexdigest()[:32], **state}
