"""Relay: publishes every committed message, whoever dies, and none twice while a claim holds."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from kit.broker.bus import Publisher, Unavailable
from kit.data.db import Database
from kit.messages.outbox import OutboxRow, record
from kit.messages.relay import Relay
from tests.clock import NOW, StandingClock
from tests.kit.test_db import together
from tests.kit.things import RETRY, FakePublisher, ThingHappened, a_thing, a_thing_with_messages

LEASE = 15
WRITERS, ROWS_EACH = 8, 50


def a_relay(database: Database, publisher: Publisher, clock: StandingClock, *, batch: int = 100) -> Relay:
    return Relay(database, publisher, clock=clock, source="/tests", batch=batch, lease=LEASE, retry=RETRY)


def unsent(database: Database) -> int:
    with database.transaction(writes=False) as session:
        return session.scalar(select(func.count()).where(OutboxRow.sent_at.is_(None))) or 0


def refuse() -> None:
    raise Unavailable("the broker is away")


class Killed(BaseException):
    """The process dies here."""


def die() -> None:
    raise Killed


def test_rows_are_published_in_the_order_of_their_making_and_marked_sent(
    database: Database, clock: StandingClock
) -> None:
    a_thing_with_messages(database, 5)
    publisher = FakePublisher()

    again_at = a_relay(database, publisher, clock).work()

    assert again_at is None
    assert publisher.versions == [1, 2, 3, 4, 5]
    assert {envelope.source for envelope in publisher.published} == {"/tests"}
    with database.transaction(writes=False) as session:
        rows = session.scalars(select(OutboxRow)).all()
    assert {(row.sent_at, row.claimed_until) for row in rows} == {(NOW, None)}


def test_a_full_batch_may_be_followed_by_more_at_once(database: Database, clock: StandingClock) -> None:
    a_thing_with_messages(database, 5)
    publisher = FakePublisher()
    relay = a_relay(database, publisher, clock, batch=2)

    outcomes: list[datetime | None] = []
    sizes = []
    while unsent(database):
        outcomes.append(relay.work())
        sizes.append(len(publisher.published))

    assert sizes == [2, 4, 5]
    assert outcomes == [NOW, NOW, None]
    assert publisher.versions == [1, 2, 3, 4, 5]


def test_nothing_to_send_asks_nothing_of_the_broker(database: Database, clock: StandingClock) -> None:
    publisher = FakePublisher()
    publisher.before = die

    assert a_relay(database, publisher, clock).work() is None


def test_while_the_broker_is_away_rows_stay_unsent_and_unclaimed(database: Database, clock: StandingClock) -> None:
    a_thing_with_messages(database, 3)
    publisher = FakePublisher()
    publisher.before = refuse

    with pytest.raises(Unavailable):
        a_relay(database, publisher, clock).work()

    with database.transaction(writes=False) as session:
        rows = session.scalars(select(OutboxRow)).all()
    assert {(row.sent_at, row.claimed_until) for row in rows} == {(None, None)}

    publisher.before = lambda: None
    a_relay(database, publisher, clock).work()
    assert publisher.versions == [1, 2, 3]


def test_no_row_is_published_by_two_relays_while_a_claim_holds(database: Database, clock: StandingClock) -> None:
    a_thing_with_messages(database, 2)
    a_thing_with_messages(database, 4)
    first, second = FakePublisher(), FakePublisher()
    first.before = lambda: _work_all(a_relay(database, second, clock, batch=2))

    _work_all(a_relay(database, first, clock, batch=2))

    assert (first.versions, second.versions) == ([1, 2], [1, 2, 3, 4])
    assert unsent(database) == 0


def test_nothing_of_a_subject_leaves_while_what_was_said_before_is_with_another_relay(
    database: Database, clock: StandingClock
) -> None:
    a_thing_with_messages(database, 3)
    first, second = FakePublisher(), FakePublisher()
    first.before = lambda: _work_all(a_relay(database, second, clock, batch=2))

    _work_all(a_relay(database, first, clock, batch=2))

    assert (first.versions, second.versions) == ([1, 2, 3], [])


@pytest.mark.parametrize("batch", [1, 2, 100])
def test_the_versions_of_a_subject_leave_in_order_also_where_clocks_differ(
    database: Database, clock: StandingClock, batch: int
) -> None:
    things = [_said_backwards(database) for _ in range(3)]
    publisher = FakePublisher()

    _work_all(a_relay(database, publisher, clock, batch=batch))

    heard = [(envelope.subject_id, envelope.version) for envelope in publisher.published]
    assert [[version for thing_id, version in heard if thing_id == thing] for thing in things] == [[1, 2, 3]] * 3


def _said_backwards(database: Database) -> str:
    """A thing of which each message is older than the one before it, as if clocks differed."""
    thing_id = a_thing_with_messages(database, 3)
    with database.transaction() as session:
        of_it = select(OutboxRow).where(OutboxRow.subject_id == thing_id).order_by(OutboxRow.id)
        rows = session.scalars(of_it).all()
        for versions in ((13, 12, 11), (3, 2, 1)):
            for row, version in zip(rows, versions, strict=True):
                row.subject_version = version
            session.flush()
    return thing_id


def test_many_relays_at_once_publish_every_row_once(database: Database, clock: StandingClock) -> None:
    for _ in range(10):
        a_thing_with_messages(database, 6)
    publishers = [FakePublisher() for _ in range(4)]
    relays = [a_relay(database, publisher, clock, batch=3) for publisher in publishers]

    together([lambda relay=relay: _work_all(relay) for relay in relays])
    _work_all(relays[0])

    published = Counter(envelope.id for publisher in publishers for envelope in publisher.published)
    assert len(published) == 60
    assert set(published.values()) == {1}


def test_the_claim_of_a_relay_that_died_runs_out_and_then_another_publishes(
    database: Database, clock: StandingClock
) -> None:
    a_thing_with_messages(database, 3)
    dying, other = FakePublisher(), FakePublisher()
    dying.after = die
    with pytest.raises(Killed):
        a_relay(database, dying, clock).work()

    clock.advance(timedelta(seconds=LEASE))
    assert a_relay(database, other, clock).work() is None
    assert other.versions == []

    clock.advance(timedelta(seconds=1))
    a_relay(database, other, clock).work()

    assert dying.versions == other.versions == [1, 2, 3]  # published again; the inboxes know them
    assert unsent(database) == 0


def test_claims_of_the_process_before_can_be_let_go(database: Database, clock: StandingClock) -> None:
    a_thing_with_messages(database, 3)
    dying, next_one = FakePublisher(), FakePublisher()
    dying.before = die
    with pytest.raises(Killed):
        a_relay(database, dying, clock).work()
    relay = a_relay(database, next_one, clock)

    relay.release_claims()
    relay.work()

    assert next_one.versions == [1, 2, 3]


def test_what_was_sent_is_never_sent_again_by_letting_claims_go(database: Database, clock: StandingClock) -> None:
    a_thing_with_messages(database, 3)
    publisher = FakePublisher()
    relay = a_relay(database, publisher, clock)
    relay.work()

    relay.release_claims()
    relay.work()

    assert publisher.versions == [1, 2, 3]


def test_writers_whose_commits_overtake_one_another_lose_nothing(database: Database, clock: StandingClock) -> None:
    publishers = [FakePublisher(), FakePublisher()]
    relays = [a_relay(database, publisher, clock, batch=20) for publisher in publishers]
    done = threading.Event()

    def write(seed: int) -> None:
        delays = random.Random(seed)
        for _ in range(ROWS_EACH):
            with database.transaction() as session:
                record(session, a_thing(session), ThingHappened())
                session.flush()
                time.sleep(
                    delays.uniform(0, 0.004 if database.is_sqlite else 0.01)
                )  # a commit takes as long as it takes

    def send(relay: Relay) -> None:
        while not done.is_set():
            relay.work()

    senders = [threading.Thread(target=send, args=[relay]) for relay in relays]
    for sender in senders:
        sender.start()
    together([lambda seed=seed: write(seed) for seed in range(WRITERS)])
    done.set()
    for sender in senders:
        sender.join(60)
    _work_all(relays[0])

    with database.transaction(writes=False) as session:
        committed = set(session.scalars(select(OutboxRow.id)))
    published = Counter(envelope.id for publisher in publishers for envelope in publisher.published)
    assert len(committed) == WRITERS * ROWS_EACH
    assert set(published) == committed
    assert set(published.values()) == {1}


def _work_all(relay: Relay) -> None:
    while relay.work() is not None:
        pass
