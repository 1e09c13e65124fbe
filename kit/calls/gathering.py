"""Gathering: calls that come while others of their method are carried out wait, and are then carried out together.

Whoever comes first carries out what has come, in the order of arrival, and then hands over to the first of those who have
come meanwhile. Nobody waits without need: while nothing is under way, a call is carried out at once, alone.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

from kit.calls.group import Call


class Gathering:
    """The calls of one method of a process, at most so many of them together; works with threads and with greenlets."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._waiting: list[Call] = []
        self._led = False

    def settle(self, call: Call, carry_out: Callable[[Sequence[Call]], None]) -> None:
        """Have a call carried out. It stays unsettled where its time was over, or where the transaction `failed`."""
        if not self._leads(call):
            return
        calls = self._next()
        try:
            if calls:
                carry_out(calls)
        except Exception as error:  # noqa: BLE001 - whoever made a call says what becomes of it
            for each in calls:
                each.failed = error
        finally:
            self._hand_over(calls)

    def _leads(self, call: Call) -> bool:
        """Wait until somebody has carried it out; true where it is to lead itself."""
        with self._lock:
            self._waiting.append(call)
            if not self._led:
                self._led = True
                return True
        call.turn.wait()
        with self._lock:
            return call in self._waiting

    def _next(self) -> list[Call]:
        """Those whose turn it is. Of two with one idempotency key the second waits until the first has its answer."""
        with self._lock:
            late = [call for call in self._waiting if call.request.expired()]
            taken: dict[object, Call] = {}
            for call in self._waiting:
                if call not in late and len(taken) < self._most:
                    taken.setdefault(call.key or call, call)
            calls = list(taken.values())
            self._waiting = [call for call in self._waiting if call not in late and call not in calls]
        for call in late:
            call.turn.set()
        return calls

    def _hand_over(self, calls: Sequence[Call]) -> None:
        with self._lock:
            self._led = bool(self._waiting)
            following = self._waiting[:1]
        for call in (*calls, *following):
            call.turn.set()
