"""Listener: tells the other processes of a service what there is to do, and hears it from them, within milliseconds."""

from __future__ import annotations

import select
import socket
import threading
import time
from collections.abc import Collection
from contextlib import suppress
from typing import Any

from sqlalchemy import Connection, text
from sqlalchemy.exc import SQLAlchemyError

from kit.data.db import Database
from kit.data.engine import outside_pool
from kit.data.telling import TELL
from kit.data.wakeups import CHANNEL, Wakeups
from kit.telemetry.logs import log

STOP = 2.0  # seconds; a server that does not answer is not waited for longer
LONGEST = 1.0  # seconds between two looks at whether this is to stop


class Listener:
    """One thread and one connection, reconnecting for as long as it runs, on PostgreSQL's notifications.

    What is to be told is gathered for `pause` seconds, but for the first that comes after a silence. It is told after
    the commits that it is about, so that none of them waits for the lock that PostgreSQL takes for those who notify.
    """

    def __init__(self, database: Database, wakeups: Wakeups, pause: float = 0.02) -> None:
        self._database = database
        self._wakeups = wakeups
        self._pause = pause
        self._untold: set[str] = set()
        self._silent_until = 0.0
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="listener", daemon=True)

    def start(self) -> None:
        self._wake, self._woken = socket.socketpair()
        self._database.tell = self.tell
        self._thread.start()

    def stop(self) -> None:
        """Let go of the connection, so that the database may be stopped or dropped without a word from here."""
        self._stopping.set()
        if self._thread.is_alive():
            with suppress(OSError):  # it has just ended
                self._wake.send(b"!")
            self._thread.join(STOP)

    def tell(self, pumps: Collection[str]) -> None:
        """Let the pumps of these names look in every other process; returns before they have heard of it."""
        with self._lock:
            is_first = not self._untold
            self._untold.update(pumps)
        if is_first:
            with suppress(OSError):  # it has ended: the others look by themselves
                self._wake.send(b"!")

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
                self._hear(driver)
                self._wait(driver)
                if time.monotonic() >= self._silent_until:
                    self._say(connection)
            self._say(connection)

    def _wait(self, driver: Any) -> None:
        """Sleep until the server says something, or this is woken, or what was gathered is to be told."""
        longest = max(0.0, self._silent_until - time.monotonic()) if self._untold else LONGEST
        ready, _, _ = select.select([driver, self._woken], [], [], min(longest, LONGEST))
        if self._woken in ready:
            self._woken.recv(1024)
        if driver in ready:
            driver.poll()

    def _hear(self, driver: Any) -> None:
        """Pass on what others have said; the pumps of this process were woken by its own commits."""
        while driver.notifies:
            heard = driver.notifies.pop(0)
            if heard.pid != driver.info.backend_pid:
                self._wakeups.wake(heard.payload)

    def _say(self, connection: Connection) -> None:
        with self._lock:
            pumps, self._untold = self._untold, set()
        if not pumps:
            return
        try:
            connection.execute(TELL, {"channel": CHANNEL, "pumps": sorted(pumps)})
        except SQLAlchemyError:
            with self._lock:
                self._untold.update(pumps)
            raise
        self._silent_until = time.monotonic() + self._pause
