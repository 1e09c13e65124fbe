"""Timers: what a timer is for is done when its time has come, once, in one transaction with its being ticked off."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import select

from kit.context import Context
from kit.data.db import Database, Session
from kit.data.wakeups import Wakeups
from kit.viewer import SYSTEM
from kit.work.due import State
from kit.work.timers import SCHEDULE, DueRow, Schedule, at, cancel, on_due
from tests.clock import NOW, StandingClock
from tests.kit.test_db import together
from tests.kit.things import RETRY, Note, Silence

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def close(session: Session, subject_id: str) -> None:
    """A timer that leaves a note of the subject."""
    session.add(Note(message_id=subject_id))


@pytest.fixture(autouse=True)
def _no_traceback_for_each_failure_that_is_meant(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kit.work.timers.log", lambda _: Silence())


def a_schedule(database: Database, timer: Callable[[Session, str], None] = close) -> Schedule:
    return Schedule(database, {"close": timer}, RETRY)


def wish(database: Database, when: timedelta, subject_id: str = "one", timer: str = "close") -> None:
    with database.transaction(Context(correlation_id="c-7")) as session:
        at(session, session.now + when, timer, subject_id)


def done(database: Database) -> list[str]:
    with database.transaction(writes=False) as session:
        return list(session.scalars(select(Note.message_id).order_by(Note.number)))


def rows(database: Database) -> list[DueRow]:
    with database.transaction(writes=False) as session:
        return list(session.scalars(select(DueRow)))


def test_a_timer_rings_when_its_time_has_come_and_not_before(database: Database, clock: StandingClock) -> None:
    schedule = a_schedule(database)
    wish(database, HOUR)

    assert schedule.work() == NOW + HOUR
    assert done(database) == []

    clock.advance(HOUR)
    assert schedule.work() == NOW + HOUR
    assert schedule.work() is None
    assert done(database) == ["one"]
    assert rows(database) == []


def test_a_timer_is_the_act_of_the_hub_in_the_course_of_events_that_asked_for_it(database: Database) -> None:
    contexts: list[Context] = []
    wish(database, -HOUR)

    a_schedule(database, lambda session, _: contexts.append(session.context)).work()

    assert contexts == [Context(viewer=SYSTEM, correlation_id="c-7")]


def test_timers_ring_in_the_order_in_which_they_fall_due(database: Database, clock: StandingClock) -> None:
    schedule = a_schedule(database)
    for subject_id, when in {"third": 3 * HOUR, "first": HOUR, "second": 2 * HOUR}.items():
        wish(database, when, subject_id)

    clock.advance(DAY)
    while schedule.work() is not None:
        pass

    assert done(database) == ["first", "second", "third"]


def test_a_later_wish_for_the_same_timer_moves_it(database: Database, clock: StandingClock) -> None:
    schedule = a_schedule(database)
    wish(database, HOUR)
    wish(database, DAY)

    clock.advance(HOUR)
    assert schedule.work() == NOW + DAY
    assert done(database) == []

    clock.advance(DAY)
    schedule.work()
    assert done(database) == ["one"]


def test_a_timer_that_was_done_can_be_wished_for_again(database: Database) -> None:
    schedule = a_schedule(database)
    for _ in range(2):
        wish(database, -HOUR)
        schedule.work()

    assert done(database) == ["one", "one"]


def test_what_was_cancelled_is_not_done(database: Database) -> None:
    wish(database, -HOUR, "one")
    wish(database, -HOUR, "two")
    with database.transaction() as session:
        cancel(session, "close", "one")
        cancel(session, "open", "two")

    schedule = a_schedule(database)
    while schedule.work() is not None:
        pass

    assert done(database) == ["two"]


def test_a_wish_wakes_the_schedule(sqlite: Database, wakeups: Wakeups) -> None:
    woken: list[str] = []
    wakeups.on(SCHEDULE, lambda: woken.append(SCHEDULE))

    wish(sqlite, HOUR)

    assert woken == [SCHEDULE]


def test_a_timer_that_fails_leaves_nothing_is_tried_again_and_parked_at_last(
    database: Database, clock: StandingClock
) -> None:
    tries: list[str] = []

    def broken(session: Session, subject_id: str) -> None:
        tries.append(subject_id)
        close(session, subject_id)
        session.flush()
        raise ValueError(f"try {len(tries)}")

    schedule = a_schedule(database, broken)
    wish(database, -HOUR)
    for _ in range(10):
        schedule.work()
        clock.advance(DAY)

    assert len(tries) == RETRY.attempts
    assert done(database) == []
    (row,) = rows(database)
    assert (row.state, row.error, row.attempts) == (State.PARKED, "ValueError: try 4", RETRY.attempts)

    wish(database, -HOUR)  # a new wish is a fresh series of tries
    a_schedule(database).work()
    assert done(database) == ["one"]


def test_a_timer_that_nobody_knows_is_kept_for_a_person(database: Database, clock: StandingClock) -> None:
    schedule = a_schedule(database)
    wish(database, -HOUR, timer="unknown")

    for _ in range(10):
        schedule.work()
        clock.advance(DAY)

    (row,) = rows(database)
    assert (row.state, row.error) == (State.PARKED, "KeyError: 'unknown'")


def test_a_timer_may_wish_for_itself_again(database: Database, clock: StandingClock) -> None:
    def daily(session: Session, subject_id: str) -> None:
        close(session, subject_id)
        at(session, session.now + DAY, "close", subject_id)

    schedule = a_schedule(database, daily)
    wish(database, timedelta())

    for _ in range(3):
        while schedule.work() == clock.now():
            pass
        clock.advance(DAY)

    assert done(database) == ["one"] * 3


def test_many_replicas_let_a_timer_ring_once(database: Database) -> None:
    subjects = [f"subject {number}" for number in range(20)]
    for subject_id in subjects:
        wish(database, -HOUR, subject_id)
    schedule = a_schedule(database)

    def work_all() -> None:
        while schedule.work() == NOW:
            pass

    together([work_all] * 4)

    assert sorted(done(database)) == sorted(subjects)


def test_two_who_set_a_timer_for_the_first_time_at_once_both_go_through(database: Database) -> None:
    gate = threading.Barrier(2)

    def wish_at_once(when: timedelta) -> None:
        with database.transaction() as session:
            session.add(Note(message_id=f"wished {when}"))  # what the wish belongs to must not be lost
            if not database.is_sqlite:
                gate.wait(60)  # both have begun, and neither sees a row
            at(session, session.now + when, "close", "one")

    together([partial(wish_at_once, HOUR), partial(wish_at_once, DAY)])

    assert len(done(database)) == 2
    (row,) = rows(database)
    assert row.due_at in (NOW + HOUR, NOW + DAY)


def test_the_failure_of_a_timer_that_was_moved_meanwhile_leaves_the_move_alone(
    postgresql: Database, clock: StandingClock
) -> None:
    def broken(_session: Session, subject_id: str) -> None:
        raise ValueError(subject_id)

    def move_then_fail(session: Session, subject_id: str) -> None:
        session.rollback()  # what was ticked off comes back, and somebody else moves it before the failure is written
        wish(postgresql, DAY)
        broken(session, subject_id)

    wish(postgresql, -HOUR)
    a_schedule(postgresql, move_then_fail).work()

    (row,) = rows(postgresql)
    assert (row.state, row.due_at, row.attempts, row.error) == (State.WAITING, NOW + DAY, 0, None)


def test_a_timer_that_is_moved_between_its_claim_and_its_doing_rings_at_its_new_time_only(
    database: Database, clock: StandingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    schedule = a_schedule(database)
    do = schedule._do

    def move_then_do(*claimed: object) -> None:
        wish(database, DAY)
        do(*claimed)  # type: ignore[arg-type]

    monkeypatch.setattr(schedule, "_do", move_then_do)
    wish(database, -HOUR)
    schedule.work()
    assert done(database) == []

    monkeypatch.undo()
    monkeypatch.setattr("kit.work.timers.log", lambda _: Silence())
    clock.advance(DAY)
    schedule.work()
    assert done(database) == ["one"]


def test_the_mark_of_a_timer_is_its_name() -> None:
    @on_due("close")
    def close_entries(_: object) -> None: ...

    assert close_entries.timer == "close"  # type: ignore[attr-defined]
