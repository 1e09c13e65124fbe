"""Sharing: the gateways tell each other what was spent at each, so that a budget is one wherever a request comes in.

What gets lost on the way, or comes late, makes a budget generous for a moment and nothing more.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterator
from math import isfinite
from typing import Any, Protocol

import orjson

from gateway.budgets.budgets import Budgets
from kit.ids import new_id

PAUSE = 0.25
"""Seconds between two tellings."""
LONGEST_KEY = 50
MOST_TOLD = 1_000
"""Keys in one telling."""


class Fanout(Protocol):
    """What carries a few bytes from one gateway to every other, or loses them."""

    def tell(self, body: bytes) -> None:
        """Send to all; without a broker it is lost."""
        ...

    def hear(self, told: Callable[[bytes], None]) -> None:
        """Be told what gateways send, oneself among them; to be said before it starts."""
        ...


class Sharing:
    """One gateway's part in it, for as long as it is entered."""

    def __init__(self, budgets: Budgets, fanout: Fanout) -> None:
        self._budgets = budgets
        self._fanout = fanout
        self._own = new_id()
        self._spent: defaultdict[str, float] = defaultdict(float)
        budgets.on_spent = self._note
        fanout.hear(self.told)

    async def __aenter__(self) -> None:
        self._telling = asyncio.create_task(self._tell_again_and_again())

    async def __aexit__(self, *_: object) -> None:
        self._telling.cancel()

    async def _tell_again_and_again(self) -> None:
        while True:
            await asyncio.sleep(PAUSE)
            self.tell()

    def _note(self, key: str, cost: float) -> None:
        self._spent[key] += cost

    def tell(self) -> None:
        """Everything that was spent since the last telling."""
        spent = list(self._spent.items())
        self._spent.clear()
        for start in range(0, len(spent), MOST_TOLD):
            told = {"from": self._own, "spent": dict(spent[start : start + MOST_TOLD])}
            self._fanout.tell(orjson.dumps(told))

    def told(self, body: bytes) -> None:
        """Take what was spent elsewhere; what is no telling is passed over."""
        for key, cost in self._read(body):
            self._budgets.buckets.take(key, cost)

    def _read(self, body: bytes) -> Iterator[tuple[str, float]]:
        try:
            told: Any = orjson.loads(body)
        except orjson.JSONDecodeError:
            return
        if not isinstance(told, dict) or told.get("from") == self._own or not isinstance(told.get("spent"), dict):
            return
        for key, cost in told["spent"].items():
            if self._budgets.buckets.knows(key) and len(key) <= LONGEST_KEY and _is_cost(cost):
                yield key, cost


def _is_cost(cost: Any) -> bool:
    return isinstance(cost, int | float) and isfinite(cost)
