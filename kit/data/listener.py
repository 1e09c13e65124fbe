"""Listener: passes PostgreSQL's notifications on to the pumps of this process, so that a row leaves within milliseconds."""

from __future__ import annotations

import select
import threading
from typing import Any

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from kit.data.db import Database, outside_pool
from kit.data.wakeups import CHANNEL, Wakeups
from kit.telemetry.logs import log


class Listener:
    """Passes on what other connections NOTIFY; one thread and one connection, reconnecting for as long as it runs."""

    def __init__(self, database: Database, wakeups: Wakeups) -> None:
        self._database = database
        self._wakeups = wakeups
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="listener", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self._listen()
            except (SQLAlchemyError, OSError) as error:
                log(__name__).warning("listening for wake-ups was interrupted", error=type(error).__name__)
                self._stopping.wait(1)

    def _listen(self) -> None:
        with outside_pool(self._database).connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT").execute(text(f"LISTEN {CHANNEL}"))
            driver: Any = connection.connection.dbapi_connection
            self._wakeups.wake_all()  # what was said while nobody listened
            while not self._stopping.is_set():
                self._wait(driver)

    def _wait(self, driver: Any) -> None:
        """Sleep until the server says something, or for a second, then pass on what it said."""
        ready = select.select([driver], [], [], 1.0)
        if ready[0]:
            driver.poll()
        while driver.notifies:
            self._wakeups.wake(driver.notifies.pop(0).payload)
