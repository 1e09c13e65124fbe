"""Pump: a loop that does what is due, then sleeps until it is woken or the next row falls due."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from kit.clock import Clock
from kit.data.wakeups import Wakeups
from kit.telemetry import metrics
from kit.telemetry.logs import log

LONGEST_PAUSE = 5.0
_CHANCE = random.Random()  # of its own: a thread in the background does not disturb what others draw

Work = Callable[[], datetime | None]
"""Does one batch; returns when there will be something to do again (now or earlier: at once), or None if nothing is known."""


class Pump:
    """Runs `work` on one thread for as long as the process runs; any replica may do the same at the same time.

    `at_least_every` bounds the sleep where a wake-up could be missed (another process's database session).
    """

    def __init__(
        self, name: str, work: Work, *, clock: Clock, wakeups: Wakeups, at_least_every: float | None = None
    ) -> None:
        self.name = name
        self._work = work
        self._clock = clock
        self._longest = at_least_every
        self._woken = threading.Event()
        self._stopping = False
        self._failures = 0
        self._thread = threading.Thread(target=self._run, name=f"pump {name}", daemon=True)
        wakeups.on(name, self._woken.set)
        clock.on_move(self._woken.set)

    def start(self) -> None:
        self._thread.start()

    def stop(self, timeout: float) -> None:
        """Let the batch in hand end, waiting at most `timeout` seconds; what is left stays in its rows."""
        self._stopping = True
        self._woken.set()
        self._thread.join(timeout)

    def _run(self) -> None:
        while not self._stopping:
            self._woken.clear()
            self._woken.wait(self._pause(self._work_once()))

    def _work_once(self) -> datetime | Exception | None:
        try:
            again_at = self._work()
        except Exception as error:  # noqa: BLE001 - an edge: whatever fails here must be tried again, never end the loop
            if not self._failures and not self._stopping:
                log(__name__).warning("a pump failed and will try again", pump=self.name, exc_info=error)
            self._failures += 1
            metrics.PUMP_FAILURES.labels(self.name).inc()
            return error
        self._failures = 0
        return again_at

    def _pause(self, outcome: datetime | Exception | None) -> float | None:
        """Seconds to sleep; None is until woken."""
        if self._stopping:
            return 0
        if isinstance(outcome, Exception):
            return min(LONGEST_PAUSE, 0.1 * 2.0 ** min(self._failures, 10)) * _CHANCE.uniform(0.5, 1)
        if outcome is None:
            return self._longest
        return _shortest(max(0.0, (outcome - self._clock.now()).total_seconds()), self._longest)


def _shortest(*seconds: float | None) -> float | None:
    known = [value for value in seconds if value is not None]
    return min(known) if known else None


Method = TypeVar("Method", bound=Callable[..., datetime | None])


def pump(name: str) -> Callable[[Method], Method]:
    """Marks the service method that is the work of a pump of this name: `def deliver(self) -> datetime | None`."""

    def mark(method: Method) -> Method:
        method.pump = name  # type: ignore[attr-defined]
        return method

    return mark
