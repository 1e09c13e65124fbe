"""One writer: SQLite has one writer at a time, and who waits for a turn here costs nothing; inside SQLite they would spin."""

from __future__ import annotations

import threading
from types import TracebackType

from kit.data.conflicts import DatabaseBusy


class OneWriter:
    """Held by one thread at a time; raises DatabaseBusy after so many seconds of waiting."""

    def __init__(self, timeout: float) -> None:
        self._timeout = timeout
        self._lock = threading.Lock()

    def __enter__(self) -> None:
        if not self._lock.acquire(timeout=self._timeout):
            raise DatabaseBusy

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._lock.release()
