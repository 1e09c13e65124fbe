"""Waiting: bounded waits for a condition, in plain code and on an event loop that must go on turning meanwhile."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import TypeVar

LONGEST = 60.0
LOOK_EVERY = 0.02

Value = TypeVar("Value")


def until(holds: Callable[[], Value], otherwise: str) -> Value:
    """What `holds` gives once it is true; fails with `otherwise` when that does not come to be."""
    deadline = time.monotonic() + LONGEST
    while not (value := holds()):
        assert time.monotonic() < deadline, otherwise
        time.sleep(LOOK_EVERY)
    return value


async def soon(holds: Callable[[], Value], otherwise: str) -> Value:
    """As `until`, beside calls that are under way."""
    deadline = time.monotonic() + LONGEST
    while not (value := holds()):
        assert time.monotonic() < deadline, otherwise
        await asyncio.sleep(LOOK_EVERY)
    return value
