"""Outbox: a message is a row of its transaction, the versions of a subject have no gap, and the rows are its history."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from kit.context import Context
from kit.data.db import Database
from kit.data.wakeups import Wakeups
from kit.messages.outbox import RELAY, OutboxRow, history, oldest_unsent, record
from kit.viewer import Viewer
from kit.wire.envelope import Envelope
from tests.clock import NOW, StandingClock
from tests.kit.test_db import together
from tests.kit.things import Thing, ThingHappened, a_thing, a_thing_with_messages, in_vain


def versions(database: Database, thing_id: str) -> list[int]:
    with database.transaction(writes=False) as session:
        return [row.subject_version for row in history(session, "thing", thing_id)]


def test_record_says_what_happened_to_whom_by_whom_and_when(database: Database) -> None:
    with database.transaction(Context(Viewer("ann"), correlation_id="c-7")) as session:
        thing = a_thing(session)
        record(session, thing, ThingHappened(what="made"))

    with database.transaction(writes=False) as session:
        row = session.scalars(select(OutboxRow)).one()
    assert thing.version == 1
    assert row.envelope("/tests") == Envelope(
        id=row.id,
        type="tests.thing_happened",
        source="/tests",
        subject_type="thing",
        subject_id=thing.id,
        version=1,
        time=NOW,
        actor="ann",
        correlation_id="c-7",
        data={"what": "made"},
    )
    assert (row.claimed_until, row.sent_at) == (None, None)


def test_each_of_several_deeds_in_one_transaction_is_said_by_whoever_did_it(database: Database) -> None:
    ann, bob = (Context(Viewer(name), correlation_id=f"c-{name}") for name in ("ann", "bob"))
    with database.transaction() as session:
        thing = a_thing(session)
        for context in (ann, bob):
            with session.acting(context):
                record(session, thing, ThingHappened())
        with pytest.raises(ValueError, match="fails"), session.acting(ann):
            raise ValueError("fails")
        assert session.context == Context()

    with database.transaction(writes=False) as session:
        said = [(row.actor, row.correlation_id) for row in history(session, "thing", thing.id)]
    assert said == [("ann", "c-ann"), ("bob", "c-bob")]


def test_what_is_rolled_back_was_never_said(database: Database) -> None:
    in_vain(database, lambda session: (record(session, a_thing(session), ThingHappened()), session.flush()))

    with database.transaction(writes=False) as session:
        assert session.scalars(select(OutboxRow)).all() == []


def test_record_wakes_the_relay(sqlite: Database, wakeups: Wakeups) -> None:
    woken: list[str] = []
    wakeups.on(RELAY, lambda: woken.append(RELAY))

    a_thing_with_messages(sqlite, 2)

    assert woken == [RELAY, RELAY]


def test_several_messages_of_one_transaction_follow_one_another(database: Database) -> None:
    with database.transaction() as session:
        thing, other = a_thing(session), a_thing(session)
        for subject in (thing, other, thing, thing):
            record(session, subject, ThingHappened())

    assert versions(database, thing.id) == [1, 2, 3]
    assert versions(database, other.id) == [1]


def test_two_writers_of_one_subject_cannot_share_a_version(database: Database) -> None:
    thing_id = a_thing_with_messages(database, 1)
    both_have_read = threading.Barrier(2, timeout=60)
    outcomes: list[str] = []

    def write() -> None:
        with database.transaction(writes=False) as session:
            thing = session.get_one(Thing, thing_id)
        both_have_read.wait()
        try:
            with database.transaction() as session:
                session.add(thing)
                record(session, thing, ThingHappened())
        except (StaleDataError, IntegrityError):
            outcomes.append("refused")
        else:
            outcomes.append("said")

    together([write, write])

    assert sorted(outcomes) == ["refused", "said"]
    assert versions(database, thing_id) == [1, 2]


def test_the_versions_of_a_subject_have_no_gap_however_many_write(database: Database) -> None:
    thing_id = a_thing_with_messages(database, 0)

    def write() -> None:
        for number in range(5):
            with database.transaction() as session:
                thing = session.get_one(Thing, thing_id, with_for_update=True)
                record(session, thing, ThingHappened(what=str(number)))

    together([write] * 4)

    assert versions(database, thing_id) == list(range(1, 21))


def test_history_is_read_piece_by_piece_oldest_first(database: Database) -> None:
    thing_id, other_id = a_thing_with_messages(database, 5), a_thing_with_messages(database, 2)

    with database.transaction(writes=False) as session:
        first = history(session, "thing", thing_id, first=2)
        rest = history(session, "thing", thing_id, after=first[-1].subject_version)
        nothing = history(session, "another", thing_id)

    assert [row.data["what"] for row in first] == ["event 1", "event 2"]
    assert [row.data["what"] for row in rest] == ["event 3", "event 4", "event 5"]
    assert nothing == []
    assert versions(database, other_id) == [1, 2]


def test_the_age_of_what_has_not_left_is_known(database: Database, clock: StandingClock) -> None:
    with database.transaction(writes=False) as session:
        assert oldest_unsent(session) is None

    a_thing_with_messages(database, 2)
    with database.transaction() as session:
        first, second = session.scalars(select(OutboxRow).order_by(OutboxRow.id))
        first.sent_at, second.time = NOW, NOW.replace(hour=5)

    with database.transaction(writes=False) as session:
        assert oldest_unsent(session) == NOW.replace(hour=5)
