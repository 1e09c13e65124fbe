"""Wakeups: by name, and by PostgreSQL's notifications from any other process."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from sqlalchemy import text

from kit.data.db import Database
from kit.data.listener import Listener
from kit.data.wakeups import Wakeups
from kit.messages.outbox import RELAY
from kit.work.pump import Pump
from tests.clock import StandingClock
from tests.kit.test_relay import a_relay
from tests.kit.things import FakePublisher, a_database, a_thing_with_messages, eventually, in_vain

WAIT = 60  # seconds, far below which a notification arrives


class Woken:
    """Counts how often a pump of this name was woken."""

    def __init__(self, wakeups: Wakeups, name: str) -> None:
        self.times = 0
        self._event = threading.Event()
        wakeups.on(name, self._wake)

    def _wake(self) -> None:
        self.times += 1
        self._event.set()

    def again(self) -> bool:
        """Whether it is woken within a bounded time; from now on the next time counts."""
        woken = self._event.wait(WAIT)
        self._event.clear()
        return woken


@pytest.fixture
def listener(postgresql: Database, wakeups: Wakeups) -> Iterator[Listener]:
    listener = Listener(postgresql, wakeups)
    yield listener
    listener.stop()


def test_waking_reaches_everybody_of_that_name_and_nobody_else() -> None:
    wakeups = Wakeups()
    relays, retries = [Woken(wakeups, "relay"), Woken(wakeups, "relay")], Woken(wakeups, "retries")

    wakeups.wake("relay", "nobody")

    assert [relay.times for relay in relays] == [1, 1]
    assert retries.times == 0


def test_all_can_be_woken() -> None:
    wakeups = Wakeups()
    woken = [Woken(wakeups, "relay"), Woken(wakeups, "retries")]

    wakeups.wake_all()

    assert [each.times for each in woken] == [1, 1]


@pytest.mark.live
def test_a_commit_anywhere_wakes_the_pumps_of_this_process(
    postgresql: Database, wakeups: Wakeups, listener: Listener
) -> None:
    relay, retries = Woken(wakeups, "relay"), Woken(wakeups, "retries")
    listener.start()
    assert relay.again() and retries.again()  # what was said while nobody listened
    elsewhere = a_database(postgresql.engine.url.render_as_string(hide_password=False))

    a_thing_with_messages(elsewhere, 1)

    assert relay.again()
    assert retries.times == 1
    elsewhere.close()


@pytest.mark.live
def test_a_transaction_that_was_rolled_back_wakes_nobody(
    postgresql: Database, wakeups: Wakeups, listener: Listener
) -> None:
    lost, kept = Woken(wakeups, "lost"), Woken(wakeups, "kept")
    listener.start()
    assert lost.again() and kept.again()

    in_vain(postgresql, lambda session: session.wake("lost"))
    with postgresql.transaction() as session:
        session.wake("kept")

    assert kept.again()
    assert (lost.times, kept.times) == (1, 2)


@pytest.mark.live
def test_what_a_process_does_itself_wakes_its_pumps_once(
    postgresql: Database, wakeups: Wakeups, listener: Listener
) -> None:
    relay, retries = Woken(wakeups, "relay"), Woken(wakeups, "retries")
    listener.start()
    assert relay.again() and retries.again()

    a_thing_with_messages(postgresql, 3)
    elsewhere = a_database(postgresql.engine.url.render_as_string(hide_password=False))
    with elsewhere.transaction() as session:
        session.wake("retries")  # it comes after all that the listener hears of itself

    assert retries.again()
    assert relay.times == 1 + 3
    elsewhere.close()


@pytest.mark.live
def test_what_is_told_in_a_burst_is_gathered_and_what_is_left_is_told_at_the_end(
    postgresql: Database, wakeups: Wakeups, listener: Listener
) -> None:
    heard = [Woken(wakeups, name) for name in ("first", "second", "third")]
    listener.start()
    assert all(each.again() for each in heard)
    elsewhere = a_database(postgresql.engine.url.render_as_string(hide_password=False))
    teller = Listener(elsewhere, Wakeups(), pause=60)
    teller.start()

    teller.tell(["first"])
    assert heard[0].again()
    for name in ("second", "third", "second"):
        teller.tell([name])
    assert [each.times for each in heard] == [2, 1, 1]

    teller.stop()
    assert all(each.again() for each in heard[1:])
    assert [each.times for each in heard] == [2, 2, 2]
    elsewhere.close()


@pytest.mark.live
def test_what_a_killed_process_had_not_told_is_found_by_looking(
    postgresql: Database, wakeups: Wakeups, listener: Listener, clock: StandingClock
) -> None:
    killed = a_database(postgresql.engine.url.render_as_string(hide_password=False))
    killed.tell = lambda _: None  # it ended between the commit and the telling
    publisher = FakePublisher()
    relay = a_relay(postgresql, publisher, clock)
    pump = Pump(RELAY, relay.work, clock=clock, wakeups=wakeups, at_least_every=0.05)
    listener.start()
    pump.start()

    a_thing_with_messages(killed, 2)

    eventually(lambda: publisher.versions == [1, 2])
    pump.stop(WAIT)
    killed.close()


@pytest.mark.live
def test_a_listener_whose_connection_was_lost_listens_again(
    postgresql: Database, wakeups: Wakeups, listener: Listener
) -> None:
    relay = Woken(wakeups, "relay")
    listener.start()
    assert relay.again()

    with postgresql.transaction() as session:
        session.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND datname = :name"
            ),
            {"name": postgresql.engine.url.database},
        )

    assert relay.again()  # it listens again, and wakes all for what was said meanwhile
    a_thing_with_messages(postgresql, 1)
    assert relay.again()


@pytest.mark.live
def test_a_listener_stops(postgresql: Database, wakeups: Wakeups) -> None:
    relay, listener = Woken(wakeups, "relay"), Listener(postgresql, wakeups)
    listener.start()
    assert relay.again()

    listener.stop()

    assert "listener" not in {thread.name for thread in threading.enumerate()}
    assert relay.times == 1
