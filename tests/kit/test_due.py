"""Due: claimed by one, tried again later and later within bounds, parked after the last try."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.data.db import Database
from kit.settings import Retry
from kit.work.due import State, claim, delay, next_due
from tests.clock import NOW, StandingClock
from tests.kit.test_db import together
from tests.kit.things import RETRY, Chore

SECOND = timedelta(seconds=1)
RETRIES = st.builds(
    Retry,
    first=st.floats(0.01, 3600),
    factor=st.floats(1, 10),
    longest=st.floats(0.01, 86400),
    attempts=st.integers(1, 100),
)


def chores(database: Database, **due_in: float) -> None:
    """Waiting rows by name, each due so many seconds from now."""
    with database.transaction() as session:
        for name, seconds in due_in.items():
            session.add(Chore(id=name, due_at=session.now + timedelta(seconds=seconds)))


def claimed(database: Database, retry: Retry = RETRY) -> str | None:
    with database.transaction() as session:
        row = claim(session, Chore, retry)
        return row and row.id


def chore(database: Database, name: str) -> Chore:
    with database.transaction(writes=False) as session:
        return session.get_one(Chore, name)


def test_the_row_that_has_been_due_longest_is_claimed_first(database: Database) -> None:
    chores(database, later=-1, first=-3, second=-2, future=1)

    assert [claimed(database) for _ in range(4)] == ["first", "second", "later", None]


def test_a_claim_counts_the_try_and_sets_the_next_before_anything_is_done(database: Database) -> None:
    chores(database, one=-1)

    assert claimed(database) == "one"

    row = chore(database, "one")
    assert (row.state, row.attempts, row.error) == (State.WAITING, 1, None)
    assert row.due_at is not None and row.due_at >= NOW + timedelta(seconds=RETRY.longest / 10)


def test_rows_that_are_done_or_parked_are_not_claimed(database: Database) -> None:
    chores(database, done=-1, parked=-1)
    with database.transaction() as session:
        session.get_one(Chore, "done").finish()
        session.get_one(Chore, "parked").park("broken", session.now)

    assert claimed(database) is None
    assert (chore(database, "done").state, chore(database, "done").due_at) == (State.DONE, None)
    assert (chore(database, "parked").state, chore(database, "parked").error) == (State.PARKED, "broken")


def test_the_next_due_row_is_known(database: Database) -> None:
    with database.transaction(writes=False) as session:
        assert next_due(session, Chore) is None
    chores(database, later=60, sooner=30)

    with database.transaction() as session:
        session.add(Chore(id="parked", state=State.PARKED, due_at=None))
        assert next_due(session, Chore) == NOW + timedelta(seconds=30)


def test_what_fails_every_time_is_parked_after_the_last_try(database: Database, clock: StandingClock) -> None:
    chores(database, broken=0)

    tries = 0
    while claimed(database) == "broken":
        tries += 1
        with database.transaction() as session:
            session.get_one(Chore, "broken").fail(f"try {tries}", RETRY, session.now)
        clock.advance(timedelta(days=1))

    row = chore(database, "broken")
    assert (tries, row.attempts, row.state, row.error) == (RETRY.attempts, RETRY.attempts, State.PARKED, "try 4")


def test_what_kills_its_process_every_time_is_parked_after_the_last_try(
    database: Database, clock: StandingClock
) -> None:
    chores(database, deadly=0, harmless=timedelta(days=30).total_seconds())

    tries = 0
    while claimed(database) == "deadly":  # and nothing is heard of it any more
        tries += 1
        clock.advance(timedelta(days=1))

    assert tries == RETRY.attempts
    assert chore(database, "deadly").state == State.PARKED
    clock.advance(timedelta(days=30))
    assert claimed(database) == "harmless"


def test_a_person_can_ask_for_a_fresh_series_of_tries(database: Database) -> None:
    chores(database, parked=0)
    with database.transaction() as session:
        session.get_one(Chore, "parked").park("broken", session.now)

    with database.transaction() as session:
        session.get_one(Chore, "parked").try_again(session.now)

    assert claimed(database) == "parked"
    assert (chore(database, "parked").attempts, chore(database, "parked").parked_at) == (1, None)


def test_many_replicas_never_claim_the_same_row(database: Database) -> None:
    names = [f"chore{number}" for number in range(40)]
    chores(database, **dict.fromkeys(names, -1))
    taken: list[str] = []

    def take_all() -> None:
        while (name := claimed(database)) is not None:
            taken.append(name)

    together([take_all] * 4)

    assert sorted(taken) == sorted(names)


@given(retry=RETRIES, attempts=st.integers(0, 200))
def test_delays_stay_within_a_quarter_of_their_measure(retry: Retry, attempts: int) -> None:
    measure = min(retry.longest, retry.first * retry.factor ** max(0, attempts - 1))

    seconds = delay(attempts, retry).total_seconds()

    assert 0.75 * measure - 1e-5 <= seconds <= 1.25 * measure + 1e-5


def test_delays_grow_until_they_are_longest() -> None:
    retry = Retry(first=1, factor=3, longest=600, attempts=8)

    means = [min(600, 3**number) for number in range(8)]

    for attempts, mean in enumerate(means, 1):
        seen = {delay(attempts, retry).total_seconds() for _ in range(50)}
        assert len(seen) > 1, "without jitter, failures would march in step"
        assert all(0.75 * mean <= seconds <= 1.25 * mean for seconds in seen)


@pytest.mark.parametrize("attempts", [1, RETRY.attempts - 1])
def test_a_failure_before_the_last_waits_and_remembers_why(attempts: int) -> None:
    row = Chore(id="x", state=State.WAITING, attempts=attempts)

    row.fail("ValueError: no", RETRY, NOW)

    assert (row.state, row.error) == (State.WAITING, "ValueError: no")
    assert row.due_at is not None and NOW < row.due_at <= NOW + 1.25 * SECOND * RETRY.first * RETRY.factor**attempts
