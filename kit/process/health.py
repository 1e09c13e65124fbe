"""Health: whether a service can do its work now, and what keeps it from it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from kit.clock import age
from kit.data.conflicts import DatabaseBusy
from kit.data.db import Database
from kit.messages.inbox import InboxRow
from kit.messages.outbox import oldest_unsent
from kit.process.migrate import missing
from kit.process.room import Room
from kit.work.due import next_due


class Health:
    """Answers /readyz. A dependency that is away makes a service unready, never dead: /healthz does not look here."""

    def __init__(self, service: str, database: Database, *, ready_age: float, stopping: threading.Event) -> None:
        self._service = service
        self._database = database
        self._ready_age = ready_age
        self._stopping = stopping
        self.room = Room(database)
        self.broker: Callable[[], bool] = lambda: True
        self.turning: Callable[[], bool] = lambda: True
        self.started = self.ready = False
        self._migrated = False

    def report(self) -> dict[str, Any]:
        """{ready, database, writable, migrated, broker, oldest_unsent, overdue}: the last two in seconds, or None.

        A service whose database takes no writes still answers reads, and yet is unready: nothing new is rolled out on a full
        disk, and nobody is sent here who could go elsewhere.

        A message that waits for its next try makes nobody late, however often it has failed; one whose try does not come does.
        """
        ages = self._ages()
        database = ages is not None
        unsent, overdue = ages or (None, None)
        broker, writable = self.broker(), database and self.room.left()
        late = max(unsent or 0, overdue or 0) > self._ready_age
        stopping = self._stopping.is_set()
        self.ready = writable and self._migrated and broker and not late and not stopping
        return {
            "ready": self.ready,
            "database": database,
            "writable": writable,
            "migrated": self._migrated,
            "broker": broker,
            "oldest_unsent": unsent,
            "overdue": overdue,
        }

    def _ages(self) -> tuple[float | None, float | None] | None:
        try:
            with self._database.transaction(writes=False) as session:
                self._migrated = self._migrated or not missing(self._service, session.connection())
                return (
                    age(oldest_unsent(session, held=False), session.now),
                    age(next_due(session, InboxRow), session.now),
                )
        except (SQLAlchemyError, DatabaseBusy):
            return None
