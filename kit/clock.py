"""Clock: all time comes from one, so that a test or a rehearsal can move it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")
"""By which everybody here reckons days; moments are kept and sent in UTC."""


def in_china(moment: datetime) -> datetime:
    """The moment as the clocks of China show it; at an end of time, where there is none, the last that they can show."""
    try:
        return moment.astimezone(CHINA)
    except OverflowError:
        return datetime.max.replace(tzinfo=CHINA) if moment.year > 1 else datetime.min.replace(tzinfo=CHINA)


class Clock(Protocol):
    """The time; whoever sleeps by it is woken when it is moved."""

    def now(self) -> datetime: ...

    def on_move(self, wake: Callable[[], None]) -> None: ...


class SystemClock:
    """The machine's time in UTC."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def on_move(self, wake: Callable[[], None]) -> None:
        """The machine's clock is never moved by us."""


class MovableClock:
    """The machine's time plus an offset that a test moves; whoever sleeps by it is woken."""

    def __init__(self, start: datetime | None = None) -> None:
        self._offset = (start - datetime.now(UTC)) if start else timedelta()
        self._wakes: list[Callable[[], None]] = []
        self._lock = threading.Lock()

    def now(self) -> datetime:
        return datetime.now(UTC) + self._offset

    def on_move(self, wake: Callable[[], None]) -> None:
        with self._lock:
            self._wakes.append(wake)

    def advance(self, by: timedelta) -> None:
        with self._lock:
            self._offset += by
            wakes = list(self._wakes)
        for wake in wakes:
            wake()


class FileClock:
    """The machine's time plus the number of seconds that a file holds: moves several processes at once (rehearsals).

    One thread looks at the file for all who sleep by this clock, so that they need not look themselves.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._wakes: list[Callable[[], None]] = []
        self._lock = threading.Lock()

    def now(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=float(self._path.read_text() or 0))

    def on_move(self, wake: Callable[[], None]) -> None:
        """Wake a sleeper within a tenth of a second of the file's being moved by another process."""
        with self._lock:
            self._wakes.append(wake)
            if len(self._wakes) == 1:
                threading.Thread(target=self._watch, args=(self._path.read_text(),), name="clock", daemon=True).start()

    def _watch(self, seen: str) -> None:
        while True:
            time.sleep(0.1)
            found = self._path.read_text() if self._path.exists() else seen
            if found != seen:
                seen = found
                for wake in tuple(self._wakes):
                    wake()


def clock_of(file: Path | None) -> Clock:
    """The clock of a process: the machine's, or the one that a rehearsal moves by a file."""
    return FileClock(file) if file else SystemClock()


def age(since: datetime | None, now: datetime) -> float | None:
    """Seconds since then, never less than none; None where there is no then."""
    return max(0.0, (now - since).total_seconds()) if since else None
