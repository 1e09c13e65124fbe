"""Held up: a message that cannot leave is tried again and parked, its subject waits behind it, and all else goes on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from kit.broker.bus import NotTaken, Unavailable
from kit.data.db import Database
from kit.messages.outbox import MessageTooLarge, OutboxRow, oldest_unsent, record
from kit.messages.relay import Relay
from kit.wire.envelope import Envelope
from kit.work.due import State
from tests.clock import NOW, StandingClock
from tests.kit.things import RETRY, Silence, ThingHappened, a_thing, a_thing_with_messages

Takes = Callable[[Envelope], Exception | None]
LONG = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kit.messages.relay.log", lambda _: _Quiet())


class _Quiet(Silence):
    error = Silence.warning


class Choosy:
    """A broker that does not take some messages; what comes in one batch with such, before it, has been taken."""

    system = "tests"

    def __init__(self, refuses: Takes) -> None:
        self.refuses = refuses
        self.taken: list[Envelope] = []

    def publish(self, envelopes: Sequence[Envelope]) -> None:
        for envelope in envelopes:
            if error := self.refuses(envelope):
                raise error
            self.taken.append(envelope)

    def close(self) -> None:
        """There is nothing to let go of."""

    def heard(self, subject_id: str) -> list[int]:
        """The versions of a subject in the order in which they came first."""
        return list(dict.fromkeys(each.version for each in self.taken if each.subject_id == subject_id))


def a_relay(database: Database, publisher: Any, clock: StandingClock, *, batch: int = 100) -> Relay:
    return Relay(database, publisher, clock=clock, source="/tests", batch=batch, lease=15, retry=RETRY, most_bytes=2000)


def at_rest(relay: Relay, clock: StandingClock) -> None:
    """Let it work and time pass until nothing is left to try."""
    for _ in range(3 * RETRY.attempts):
        while relay.work() == clock.now():
            pass
        clock.advance(LONG)


def row(database: Database, subject_id: str, version: int) -> OutboxRow:
    with database.transaction(writes=False) as session:
        found = select(OutboxRow).where(OutboxRow.subject_id == subject_id, OutboxRow.subject_version == version)
        return session.scalars(found).one()


def spoil(database: Database, subject_id: str, version: int, **values: Any) -> None:
    """Make of a row what `record` would never have written."""
    with database.transaction() as session:
        which = (OutboxRow.subject_id == subject_id, OutboxRow.subject_version == version)
        session.execute(update(OutboxRow).where(*which).values(**values))


def of(subject_id: str, error: Exception, version: int = 1) -> Takes:
    return lambda envelope: error if (envelope.subject_id, envelope.version) == (subject_id, version) else None


def nothing(_: Envelope) -> None:
    return None


@pytest.fixture(
    params=[{"type": ""}, {"data": {"what": "x" * 3000}}, {"correlation_id": "c" * 70_000}],
    ids=["no type", "too large", "too much said about it"],
)
def spoilt(request: pytest.FixtureRequest) -> dict[str, Any]:
    return request.param


def test_what_cannot_be_said_is_parked_at_once_and_all_else_leaves(
    database: Database, clock: StandingClock, spoilt: dict[str, Any]
) -> None:
    bad, good = a_thing_with_messages(database, 3), a_thing_with_messages(database, 2)
    spoil(database, bad, 2, **spoilt)
    broker = Choosy(nothing)

    at_rest(a_relay(database, broker, clock), clock)

    assert (broker.heard(bad), broker.heard(good)) == ([1], [1, 2])
    parked = row(database, bad, 2)
    assert (parked.state, parked.sent_at, bool(parked.error)) == (State.PARKED, None, True)


def test_what_the_broker_refuses_is_tried_and_parked_while_its_subject_waits_behind_it(
    database: Database, clock: StandingClock
) -> None:
    bad, good = a_thing_with_messages(database, 3), a_thing_with_messages(database, 3)
    broker = Choosy(of(bad, NotTaken("no right to this key"), version=2))

    at_rest(a_relay(database, broker, clock), clock)

    assert (broker.heard(bad), broker.heard(good)) == ([1], [1, 2, 3])
    parked = row(database, bad, 2)
    assert (parked.state, parked.error, parked.attempts) == (State.PARKED, "no right to this key", RETRY.attempts)


def test_what_waits_behind_cannot_crowd_out_others(database: Database, clock: StandingClock) -> None:
    bad = a_thing_with_messages(database, 10)
    spoil(database, bad, 1, type="")
    good = a_thing_with_messages(database, 2)
    broker = Choosy(nothing)

    at_rest(a_relay(database, broker, clock, batch=3), clock)

    assert (broker.heard(bad), broker.heard(good)) == ([], [1, 2])


def test_what_a_full_queue_does_not_take_is_never_parked_and_leaves_one_day(
    database: Database, clock: StandingClock
) -> None:
    slow, good = a_thing_with_messages(database, 2), a_thing_with_messages(database, 2)
    broker = Choosy(of(slow, NotTaken("the queue is full", later=True)))
    relay = a_relay(database, broker, clock)
    at_rest(relay, clock)
    assert (broker.heard(slow), broker.heard(good), row(database, slow, 1).state) == ([], [1, 2], State.WAITING)

    broker.refuses = nothing
    at_rest(relay, clock)

    assert broker.heard(slow) == [1, 2]
    assert (row(database, slow, 1).error, row(database, slow, 1).due_at) == (None, None)


def test_a_broker_that_goes_away_in_between_costs_no_tries(database: Database, clock: StandingClock) -> None:
    bad, good = a_thing_with_messages(database, 1), a_thing_with_messages(database, 1)
    away = Unavailable("gone")
    broker = Choosy(lambda each: away if each.subject_id == good else NotTaken("refused"))

    with pytest.raises(Unavailable):
        a_relay(database, broker, clock).work()

    assert (row(database, bad, 1).attempts, row(database, good, 1).attempts) == (1, 0)
    assert row(database, good, 1).claimed_until is None


def test_after_a_retry_it_leaves_and_what_waited_follows_in_order(database: Database, clock: StandingClock) -> None:
    bad = a_thing_with_messages(database, 3)
    spoil(database, bad, 1, type="")
    broker = Choosy(nothing)
    relay = a_relay(database, broker, clock)
    at_rest(relay, clock)

    spoil(database, bad, 1, type=ThingHappened.type)
    with database.transaction() as session:
        session.get_one(OutboxRow, row(database, bad, 1).id).try_again(session.now)
    at_rest(relay, clock)

    assert broker.heard(bad) == [1, 2, 3]


def test_after_it_was_discarded_what_waited_behind_it_leaves(database: Database, clock: StandingClock) -> None:
    bad = a_thing_with_messages(database, 3)
    spoil(database, bad, 1, type="")
    broker = Choosy(nothing)
    relay = a_relay(database, broker, clock)
    at_rest(relay, clock)

    with database.transaction() as session:
        session.get_one(OutboxRow, row(database, bad, 1).id).discard(session.now)
    at_rest(relay, clock)

    assert broker.heard(bad) == [2, 3]
    assert (row(database, bad, 1).state, bool(row(database, bad, 1).error)) == (State.DONE, True)


def test_what_is_parked_makes_nobody_late(database: Database, clock: StandingClock) -> None:
    bad = a_thing_with_messages(database, 2)
    spoil(database, bad, 1, type="")
    at_rest(a_relay(database, Choosy(nothing), clock), clock)

    with database.transaction(writes=False) as session:
        assert oldest_unsent(session) is None


def test_what_waits_for_its_next_try_is_old_and_yet_makes_nobody_unready(
    database: Database, clock: StandingClock
) -> None:
    bad = a_thing_with_messages(database, 2)
    a_relay(database, Choosy(of(bad, NotTaken("refused"))), clock).work()

    with database.transaction(writes=False) as session:
        assert oldest_unsent(session) == NOW
        assert oldest_unsent(session, held=False) is None


def test_a_message_that_is_too_large_is_refused_where_it_is_said_with_its_family_named(sqlite: Database) -> None:
    with pytest.raises(MessageTooLarge, match=r"tests.kit.things.ThingHappened \(tests.thing_happened\)"):
        _say(sqlite, "联" * 800_000)  # six bytes each on the wire

    _say(sqlite, "x" * 4_000_000)


def _say(database: Database, what: str) -> None:
    with database.transaction() as session:
        record(session, a_thing(session), ThingHappened(what=what))
