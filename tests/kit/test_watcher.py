"""Watcher: what another process writes into a SQLite file wakes the pumps; a file at rest wakes nobody."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest

from kit.data.db import Database
from kit.data.wakeups import Wakeups
from kit.data.watcher import Watcher
from tests.kit.test_wakeups import Woken
from tests.kit.things import eventually

EVERY = 0.01


@pytest.fixture
def watcher(sqlite: Database, wakeups: Wakeups) -> Iterator[Watcher]:
    watcher = Watcher(sqlite, wakeups, EVERY)
    yield watcher
    watcher.stop()


def test_what_another_connection_has_written_wakes_all_pumps(
    sqlite: Database, wakeups: Wakeups, watcher: Watcher
) -> None:
    relay, retries = Woken(wakeups, "relay"), Woken(wakeups, "retries")
    watcher.start()
    assert relay.again()  # whatever was written before
    assert retries.again()

    with sqlite3.connect(str(sqlite.engine.url.database)) as other:
        other.execute("CREATE TABLE written (by_another INTEGER)")

    assert relay.again()
    assert retries.again()


def test_a_file_at_rest_wakes_nobody(sqlite: Database, wakeups: Wakeups, watcher: Watcher) -> None:
    looks, relay = Looks(watcher), Woken(wakeups, "relay")
    watcher.start()
    eventually(lambda: looks.taken > 5)
    with sqlite.transaction():
        pass  # as a pump that finds nothing

    seen = looks.taken
    eventually(lambda: looks.taken > seen + 5)
    assert relay.times == 1


class Looks:
    """Counts the pauses of a watcher, one after each look."""

    def __init__(self, watcher: Watcher) -> None:
        self.taken = 0
        self._wait = watcher._stopping.wait
        watcher._stopping.wait = self._count

    def _count(self, seconds: float) -> bool:
        self.taken += 1
        return self._wait(seconds)
