"""Watcher: wakes the pumps where something was written into a SQLite file, by whatever process, so that they need not look."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing

from kit.data.db import Database
from kit.data.wakeups import Wakeups
from kit.telemetry.logs import log

STOP = 2.0  # seconds; a disk that does not answer is not waited for longer


class Watcher:
    """One thread that asks SQLite every few seconds whether its file has changed; that takes no lock and reads no table."""

    def __init__(self, database: Database, wakeups: Wakeups, every: float) -> None:
        self._file = str(database.engine.url.database)
        self._wakeups = wakeups
        self._every = every
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="watcher", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Let go of the file."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(STOP)

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self._watch()
            except sqlite3.Error as error:
                log(__name__).warning("watching a database was interrupted", error=type(error).__name__)
                self._stopping.wait(self._every)

    def _watch(self) -> None:
        with closing(sqlite3.connect(self._file, isolation_level=None)) as connection:
            seen = 0
            while not self._stopping.is_set():
                (version,) = connection.execute("PRAGMA data_version").fetchone()
                if version != seen:
                    self._wakeups.wake_all()
                seen = version
                self._stopping.wait(self._every)
