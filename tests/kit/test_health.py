"""Health: a service is ready while its database and broker answer and nothing has waited too long."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest

from kit.data.db import Database
from kit.messages.inbox import InboxRow
from kit.process.health import Health
from kit.work.due import State
from tests.clock import NOW, StandingClock
from tests.kit.things import a_database, a_thing_with_messages, an_envelope

READY_AGE = 60


def health_of(database: Database) -> Health:
    return Health("things", database, ready_age=READY_AGE, stopping=threading.Event())


@pytest.fixture
def away() -> Iterator[Database]:
    """A database that cannot be reached."""
    database = a_database("postgresql+psycopg2://hub@127.0.0.1:9/nobody")
    yield database
    database.close()


def test_a_service_with_nothing_to_do_is_ready(database: Database) -> None:
    assert health_of(database).report() == {
        "ready": True,
        "database": True,
        "writable": True,
        "migrated": True,
        "broker": True,
        "oldest_unsent": None,
        "overdue": None,
    }


def test_a_service_is_late_once_a_message_has_not_left_for_too_long(database: Database, clock: StandingClock) -> None:
    health = health_of(database)
    a_thing_with_messages(database, 1)

    clock.advance(timedelta(seconds=READY_AGE))
    assert (health.report()["ready"], health.report()["oldest_unsent"]) == (True, READY_AGE)

    clock.advance(timedelta(seconds=1))
    assert (health.report()["ready"], health.report()["oldest_unsent"]) == (False, READY_AGE + 1)


@pytest.mark.parametrize(("state", "ready"), [(State.WAITING, False), (State.DONE, True), (State.PARKED, True)])
def test_a_service_is_late_once_a_message_waits_too_long_for_its_next_try(
    sqlite: Database, clock: StandingClock, state: State, ready: bool
) -> None:
    facts = vars(an_envelope()).copy()
    facts["message_id"] = facts.pop("id")
    with sqlite.transaction() as session:
        session.add(InboxRow(**facts, handler="tests.hear.v1", received_at=NOW, due_at=NOW, state=state))

    clock.advance(timedelta(seconds=READY_AGE + 1))

    report = health_of(sqlite).report()
    assert report["ready"] is ready
    assert report["overdue"] == (None if ready else READY_AGE + 1)


def test_a_message_that_has_failed_for_long_makes_nobody_late_while_its_next_try_is_to_come(
    sqlite: Database, clock: StandingClock
) -> None:
    facts = vars(an_envelope()).copy()
    facts["message_id"] = facts.pop("id")
    due_at = NOW + timedelta(seconds=20 * READY_AGE)
    with sqlite.transaction() as session:
        session.add(InboxRow(**facts, handler="tests.hear.v1", received_at=NOW, due_at=due_at, state=State.WAITING))

    clock.advance(timedelta(seconds=19 * READY_AGE))

    assert (health_of(sqlite).report()["ready"], health_of(sqlite).report()["overdue"]) == (True, 0)


def test_a_database_that_is_away_makes_a_service_unready_and_nothing_worse(away: Database) -> None:
    assert health_of(away).report() == {
        "ready": False,
        "database": False,
        "writable": False,
        "migrated": False,
        "broker": True,
        "oldest_unsent": None,
        "overdue": None,
    }


def test_a_broker_that_is_away_makes_a_service_unready(sqlite: Database) -> None:
    health = health_of(sqlite)
    health.broker = lambda: False

    assert (health.report()["ready"], health.report()["broker"]) == (False, False)


def test_a_service_that_stops_is_not_ready(sqlite: Database) -> None:
    health = health_of(sqlite)
    health._stopping.set()

    assert health.report()["ready"] is False


def test_a_message_of_the_future_is_not_late(sqlite: Database, clock: StandingClock) -> None:
    a_thing_with_messages(sqlite, 1)
    clock.advance(timedelta(hours=-1))

    assert health_of(sqlite).report()["oldest_unsent"] == 0
