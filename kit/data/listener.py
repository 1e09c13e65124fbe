"""Listener: passes PostgreSQL's notifications on to the pumps of this process, so that a row leaves within milliseconds."""

from __future__ import annotations

import select
import socket
import threading
from contextlib import suppress
from typing import Any

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from kit.data.db import Database
from kit.data.engine import outside_pool
from kit.data.wakeups import CHANNEL, Wakeups
from kit.telemetry.logs import log

STOP = 2.0  # seconds; a server that does not answer is not waited for longer


class Listener:
    """Passes on what other connections NOTIFY; one thread and one connection, reconnecting for as long as it runs."""

    def __init__(self, database: Database, wakeups: Wakeups) -> None:
        self._database = database
        self._wakeups = wakeups
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="listener", daemon=True)

    def start(self) -> None:
        self._wake, self._woken = socket.socketpair()
        self._thread.start()

    def stop(self) -> None:
        """Let go of the connection, so that the database may be stopped or dropped without a word from here."""
        self._stopping.set()
        if self._thread.is_alive():
            with suppress(OSError):  # it has just ended
                self._wake.send(b"!")
            self._thread.join(STOP)

    def _run(self) -> None:
        with self._wake, self._woken:
            self._listen_again_and_again()

    def _listen_again_and_again(self) -> None:
        while not self._stopping.is_set():
            try:
                self._listen()
            except (SQLAlchemyError, OSError) as error:
                log(__name__).warning("listening for wake-ups was interrupted", error=type(error).__name__)
                self._stopping.wait(1)

    def _listen(self) -> None:
        with outside_pool(self._database.engine).connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT").execute(text(f"LISTEN {CHANNEL}"))
            driver: Any = connection.connection.dbapi_connection
            self._wakeups.wake_all()  # what was said while nobody listened
            while not self._stopping.is_set():
                self._wait(driver)

    def _wait(self, driver: Any) -> None:
        """Sleep until the server says something, or this is stopped, or for a second, then pass on what it said."""
        ready, _, _ = select.select([driver, self._woken], [], [], 1.0)
        if driver in ready:
            driver.poll()
        while driver.notifies:
            self._wakeups.wake(driver.notifies.pop(0).payload)
