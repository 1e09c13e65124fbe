"""Lanes: of the calls that a process answers at once, commands take a share at most, so that a read always finds a place."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count

from kit.settings import LaneBounds


class Busy(Exception):  # noqa: N818 - a state, told to the caller
    """So many calls of this kind wait that one more would only wait in vain; nothing was done."""


@dataclass(frozen=True)
class Call:
    """A call of `size` bytes that changes something or only `reads`.

    `begin` has it answered elsewhere and returns at once; `drop` is told that it never will.
    """

    reads: bool
    size: int
    begin: Callable[[], object]
    drop: Callable[[], object] = lambda: None


class Lanes:
    """Begins calls and lets others wait, in the order in which they came; whoever ends says `leave`.

    A command that waits for its turn holds no worker, and no read up.
    """

    def __init__(self, bounds: LaneBounds) -> None:
        self._bounds = bounds
        self._lock = threading.Lock()
        self._numbers = count()
        self._running = {True: 0, False: 0}
        self._waiting: dict[bool, deque[tuple[int, Call]]] = {True: deque(), False: deque()}
        self._waiting_bytes = 0

    def enter(self, call: Call) -> None:
        """Begin it, now or when there is a place; raises Busy."""
        with self._lock:
            if not self._has_place(reads=call.reads):
                self._wait(call)
                return
            self._running[call.reads] += 1
        call.begin()

    def leave(self, *, reads: bool) -> None:
        """A call has ended; the one that has waited longest of those that may, begins."""
        with self._lock:
            self._running[reads] -= 1
            following = self._next()
        if following is not None:
            following.begin()

    def drop_waiting(self) -> None:
        """Those that have not begun never will."""
        with self._lock:
            dropped = [call for lane in self._waiting.values() for _, call in lane]
            self._waiting, self._waiting_bytes = {True: deque(), False: deque()}, 0
        for call in dropped:
            call.drop()

    def _has_place(self, *, reads: bool) -> bool:
        free = sum(self._running.values()) < self._bounds.calls
        return free and (reads or self._running[False] < self._bounds.writers)

    def _wait(self, call: Call) -> None:
        lane = self._waiting[call.reads]
        size = self._waiting_bytes + call.size
        if len(lane) >= self._bounds.waiting or size > self._bounds.waiting_bytes:
            raise Busy
        lane.append((next(self._numbers), call))
        self._waiting_bytes = size

    def _next(self) -> Call | None:
        lanes = [lane for reads, lane in self._waiting.items() if lane and self._has_place(reads=reads)]
        if not lanes:
            return None
        _, call = min(lanes, key=lambda lane: lane[0][0]).popleft()
        self._waiting_bytes -= call.size
        self._running[call.reads] += 1
        return call
