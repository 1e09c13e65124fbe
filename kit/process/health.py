"""Health: whether a service can do its work now, and what keeps it from it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from sqlalchemy.exc import SQLAlchemyError

from kit.clock import age
from kit.data.db import DatabaseBusy
from kit.messages.inbox import InboxRow
from kit.messages.outbox import oldest_unsent
from kit.process.migrate import missing
from kit.work.due import next_due

if TYPE_CHECKING:
    from kit.process.runtime import Runtime


class Health:
    """Answers /readyz. A dependency that is away makes a service unready, never dead: /healthz does not look here."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self.broker: Callable[[], bool] = lambda: True
        self.turning: Callable[[], bool] = lambda: True
        self.started = self.ready = False
        self._migrated = False

    def report(self) -> dict[str, Any]:
        """{ready, database, migrated, broker, oldest_unsent, overdue}: the last two in seconds, or None.

        A message that waits for its next try makes nobody late, however often it has failed; one whose try does not come does.
        """
        ages = self._ages()
        database = ages is not None
        unsent, overdue = ages or (None, None)
        broker = self.broker()
        late = max(unsent or 0, overdue or 0) > self._runtime.settings.ready_age
        stopping = self._runtime.stopping.is_set()
        self.ready = database and self._migrated and broker and not late and not stopping
        return {
            "ready": self.ready,
            "database": database,
            "migrated": self._migrated,
            "broker": broker,
            "oldest_unsent": unsent,
            "overdue": overdue,
        }

    def _ages(self) -> tuple[float | None, float | None] | None:
        try:
            with self._runtime.database.transaction(writes=False) as session:
                self._migrated = self._migrated or not missing(self._runtime.service_class.name, session.connection())
                return (
                    age(oldest_unsent(session), session.now),
                    age(next_due(session, InboxRow), session.now),
                )
        except (SQLAlchemyError, DatabaseBusy):
            return None
