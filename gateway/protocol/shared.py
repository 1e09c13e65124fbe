"""Shared: an event that comes to several subscriptions at once is worked out once for all of them that ask the same."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Hashable
from typing import Any, TypeVar

Worked = TypeVar("Worked")


class Shared:
    """What was worked out of one event goes with the event."""

    def __init__(self) -> None:
        self._worked: dict[Hashable, asyncio.Task[Any]] = {}

    async def once(self, key: Hashable, work: Callable[[], Coroutine[Any, Any, Worked]]) -> Worked:
        """What `work` gives: it is done for the first who asks under this key, and goes on if that one leaves."""
        if key not in self._worked:
            self._worked[key] = asyncio.create_task(work())
        found: Worked = await asyncio.shield(self._worked[key])
        return found
