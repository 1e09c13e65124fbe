"""Watching: being woken when a message passes by that is about something, so that who watches it looks again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping
from typing import Any

_NAMED = ("competition", "track")
_PLAIN = ("stage_id", "recipient")


def concerned(data: Mapping[str, Any]) -> Iterator[str]:
    """The ids of what the data of a message are about, as far as pages watch such things, and whom they are for."""
    for name in _PLAIN:
        if isinstance(found := data.get(name), str):
            yield found
    for name in _NAMED:
        named = data.get(name)
        if isinstance(named, Mapping) and isinstance(found := named.get("id"), str):
            yield found


class Watcher:
    """One page that watches one thing: however much happens meanwhile, it is woken once."""

    def __init__(self, leave: Callable[[], None]) -> None:
        self._woken = asyncio.Event()
        self.leave = leave

    def wake(self) -> None:
        self._woken.set()

    async def within(self, seconds: float) -> bool:
        """Whether anything came before so many seconds were over."""
        try:
            await asyncio.wait_for(self._woken.wait(), seconds)
        except TimeoutError:
            return False
        self._woken.clear()
        return True
