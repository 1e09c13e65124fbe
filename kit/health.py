"""Health: whether a service can do its work now, and what keeps it from it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy.exc import SQLAlchemyError

from kit.db import DatabaseBusy
from kit.inbox import oldest_unhandled
from kit.outbox import oldest_unsent

if TYPE_CHECKING:
    from kit.runtime import Runtime


class Health:
    """Answers /readyz. A dependency that is away makes a service unready, never dead: /healthz does not look here."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self.broker: Callable[[], bool] = lambda: True

    def report(self) -> dict[str, Any]:
        """{ready, database, broker, oldest_unsent, oldest_unhandled}: the last two in seconds, or None."""
        ages = self._ages()
        database = ages is not None
        unsent, unhandled = ages or (None, None)
        broker = self.broker()
        late = max(unsent or 0, unhandled or 0) > self._runtime.settings.ready_age
        return {
            "ready": database and broker and not late and not self._runtime.stopping.is_set(),
            "database": database,
            "broker": broker,
            "oldest_unsent": unsent,
            "oldest_unhandled": unhandled,
        }

    def _ages(self) -> tuple[float | None, float | None] | None:
        try:
            with self._runtime.database.transaction(writes=False) as session:
                return (
                    _age(oldest_unsent(session), session.now),
                    _age(oldest_unhandled(session), session.now),
                )
        except (SQLAlchemyError, DatabaseBusy):
            return None


def _age(since: datetime | None, now: datetime) -> float | None:
    return max(0.0, (now - since).total_seconds()) if since else None
