"""Cursor relay: `id > last seen` passes over what commits late, for ever; our relay asks for what is unsent (R4)."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from random import Random

import pytest
from sqlalchemy import create_engine, insert, select

from kit.clock import SystemClock
from kit.data.db import Database, KitTable
from kit.data.wakeups import Wakeups
from kit.ids import new_id
from kit.messages.outbox import OutboxRow
from kit.messages.relay import Relay
from kit.settings import Retry
from kit.wire.envelope import Envelope

pytestmark = pytest.mark.live

WRITERS = 8
EACH = 60
RETRY = Retry(first=1, factor=3, longest=600, attempts=8)
LONGEST_COMMIT = 0.01


class Recording:
    """A publisher that remembers what it was given."""

    def __init__(self) -> None:
        self.sent: list[Envelope] = []

    def publish(self, envelopes: Sequence[Envelope]) -> None:
        self.sent += envelopes

    def close(self) -> None:
        """There is nothing to close."""


def test_relay_passes_over_nothing_that_commits_late_and_a_cursor_does(new_database: Callable[[], str]) -> None:
    url = new_database()
    KitTable.metadata.create_all(create_engine(url))
    database = Database(url, clock=SystemClock(), wakeups=Wakeups())
    publisher, seen_by_cursor = Recording(), set[str]()

    with _repeating(*(_relay(database, publisher) for _ in range(2)), _cursor(database, seen_by_cursor)):
        written = _write(database)

    skipped = written - seen_by_cursor
    print(
        f"\n{len(written)} rows by {WRITERS} writers: the cursor passed over {len(skipped)}, our relays over", end=" "
    )
    print(len(written - {envelope.id for envelope in publisher.sent}))
    database.close()
    assert sorted(envelope.id for envelope in publisher.sent) == sorted(written)
    assert skipped


def _relay(database: Database, publisher: Recording) -> Callable[[], object]:
    return Relay(database, publisher, clock=SystemClock(), source="/notes", batch=20, lease=60, retry=RETRY).work


def _cursor(database: Database, seen: set[str]) -> Callable[[], object]:
    """What many an outbox does: read on from the last id."""

    def read_on() -> None:
        query = select(OutboxRow.id).where(OutboxRow.id > max(seen)) if seen else select(OutboxRow.id)
        with database.transaction(writes=False) as session:
            seen.update(session.scalars(query))

    return read_on


def _write(database: Database) -> set[str]:
    """The ids of the rows that all writers have committed, each a little while after it was made."""
    written: dict[int, set[str]] = defaultdict(set)
    writers = [threading.Thread(target=_write_some, args=(database, Random(n), written[n])) for n in range(WRITERS)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    return set().union(*written.values())


def _write_some(database: Database, random: Random, written: set[str]) -> None:
    for number in range(EACH):
        row = {"id": new_id(), "type": "t", "subject_type": "thing", "subject_id": new_id(), "subject_version": number}
        row |= {"actor": "", "correlation_id": "", "time": datetime.now(UTC), "data": {}}
        with database.transaction() as session:
            session.execute(insert(OutboxRow).values(**row))
            time.sleep(random.uniform(0, LONGEST_COMMIT))
        written.add(row["id"])


@contextmanager
def _repeating(*works: Callable[[], object]) -> Iterator[None]:
    """Do all works over and over beside what happens inside, and once more after it."""
    over = threading.Event()

    def repeat(work: Callable[[], object]) -> None:
        while not over.is_set():
            work()
        while work() is not None:
            continue

    threads = [threading.Thread(target=repeat, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        over.set()
        for thread in threads:
            thread.join()
