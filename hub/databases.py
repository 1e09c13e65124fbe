"""Databases: lets an operator's command into the database of one service, beside the service itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from kit.clock import clock_of
from kit.context import Context
from kit.data.db import Database, Session
from kit.data.wakeups import Wakeups
from kit.settings import Settings
from kit.viewer import SYSTEM


@contextmanager
def session_of(settings: Settings, service: str) -> Iterator[Session]:
    """One transaction as the hub itself; what it records leaves by the service's own relay."""
    database = Database(
        settings.database(service),
        clock=clock_of(settings.clock_file),
        wakeups=Wakeups(),
        message_bytes=settings.message_bytes,
    )
    try:
        with database.transaction(Context(viewer=SYSTEM)) as session:
            yield session
    finally:
        database.close()
