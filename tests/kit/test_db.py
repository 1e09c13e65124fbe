"""Database: moments in UTC, transactions that end well or leave nothing, wake-ups only after the commit."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm.exc import StaleDataError

from kit.context import Context
from kit.data.conflicts import DatabaseBusy
from kit.data.db import Database
from kit.data.wakeups import Wakeups
from kit.viewer import Viewer
from tests.clock import NOW, StandingClock
from tests.kit.things import Thing, a_database, a_thing, in_vain

NAMES = select(Thing.name).order_by(Thing.name)
OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
MOMENTS = st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=OFFSETS)  # noqa: DTZ001


def names(database: Database) -> list[str]:
    with database.transaction(writes=False) as session:
        return list(session.scalars(NAMES))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=50)
@given(moment=MOMENTS)
def test_a_moment_comes_back_as_the_same_instant_in_utc(database: Database, moment: datetime) -> None:
    with database.transaction() as session:
        thing_id = a_thing(session, moment=moment).id

    with database.transaction(writes=False) as session:
        found = session.scalar(select(Thing.moment).where(Thing.id == thing_id))

    assert found == moment
    assert found is not None and found.utcoffset() == timedelta()


def test_moments_are_compared_as_instants_not_as_wall_clocks(database: Database) -> None:
    china = timezone(timedelta(hours=8))
    with database.transaction() as session:
        a_thing(session, name="later", moment=datetime(2026, 3, 2, 1, 0, tzinfo=UTC))
        a_thing(session, name="earlier", moment=datetime(2026, 3, 2, 8, 59, tzinfo=china))

    with database.transaction(writes=False) as session:
        in_order = session.scalars(select(Thing.name).order_by(Thing.moment)).all()
        before = session.scalars(
            select(Thing.name).where(Thing.moment < datetime(2026, 3, 2, 9, 0, tzinfo=china))
        ).all()

    assert in_order == ["earlier", "later"]
    assert before == ["earlier"]


def test_no_moment_stays_no_moment(database: Database) -> None:
    with database.transaction() as session:
        a_thing(session, moment=None)

    with database.transaction(writes=False) as session:
        assert session.scalars(select(Thing.moment)).all() == [None]


def test_a_transaction_has_one_moment_and_knows_who_acts(database: Database, clock: StandingClock) -> None:
    context = Context(viewer=Viewer("ann"), locale="en", correlation_id="c-7")

    with database.transaction(context) as session:
        clock.advance(timedelta(hours=1))

        assert session.now == NOW
        assert (session.viewer, session.context) == (Viewer("ann"), context)

    with database.transaction() as session:
        assert session.now == NOW + timedelta(hours=1)
        assert session.context == Context(viewer=Viewer(""), locale="zh-CN", correlation_id="")


def test_what_ends_well_is_committed_and_what_raises_leaves_nothing(database: Database) -> None:
    with database.transaction() as session:
        a_thing(session, name="kept")

    in_vain(database, lambda session: (a_thing(session, name="flushed and lost"), session.flush()))

    assert names(database) == ["kept"]


def test_a_transaction_that_raised_leaves_the_next_one_free(database: Database) -> None:
    for _ in range(50):
        in_vain(database, a_thing)

    with database.transaction() as session:
        a_thing(session, name="next")

    assert names(database) == ["next"]


def test_rows_can_be_read_after_the_commit_has_let_go_of_the_connection(database: Database) -> None:
    with database.transaction() as session:
        thing = a_thing(session, name="still here")

    assert (thing.name, thing.version) == ("still here", 0)


def test_an_older_version_cannot_overwrite_a_newer_one(database: Database) -> None:
    with database.transaction() as session:
        thing = a_thing(session)
    with database.transaction() as session:
        session.get_one(Thing, thing.id).version = 1

    thing.name, thing.version = "lost update", 1
    with pytest.raises(StaleDataError), database.transaction() as session:
        session.add(thing)

    assert names(database) == ["thing"]


def test_many_threads_write_one_after_the_other_and_none_is_lost(database: Database) -> None:
    with database.transaction() as session:
        thing_id = a_thing(session).id

    def add_one() -> None:
        with database.transaction() as session:
            thing = session.get_one(Thing, thing_id, with_for_update=True)
            thing.rank += 1

    together([add_one] * 16)

    with database.transaction(writes=False) as session:
        assert session.get_one(Thing, thing_id).rank == 16


def test_who_waits_too_long_for_the_one_writer_of_sqlite_is_told_so(sqlite_url: str) -> None:
    database = a_database(sqlite_url, statement_timeout=0.05)

    with database.transaction(), pytest.raises(DatabaseBusy), database.transaction():
        pytest.fail("there were two writers")

    with database.transaction() as session:
        assert session.scalar(text("SELECT 1")) == 1
    database.close()


def test_readers_of_sqlite_do_not_wait_for_the_writer_and_see_what_is_committed(sqlite: Database) -> None:
    with sqlite.transaction() as writer:
        a_thing(writer, name="not yet")
        writer.flush()

        assert names(sqlite) == []

    assert names(sqlite) == ["not yet"]


def test_another_process_that_writes_to_sqlite_is_waited_for_a_while_only(sqlite: Database, sqlite_url: str) -> None:
    elsewhere = a_database(sqlite_url, statement_timeout=0.05)

    with sqlite.transaction(), pytest.raises(OperationalError, match="locked"), elsewhere.transaction():
        pytest.fail("there were two writers")

    elsewhere.close()


def test_sqlite_keeps_what_was_committed_through_a_loss_of_power_and_holds_foreign_keys(sqlite_url: str) -> None:
    database = Database(sqlite_url, clock=StandingClock(), wakeups=Wakeups())
    pragmas = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}

    with database.transaction(writes=False) as session:
        assert {name: session.scalar(text(f"PRAGMA {name}")) for name in pragmas} == pragmas
    database.close()


@pytest.mark.live
def test_a_statement_of_postgresql_that_takes_too_long_is_ended(postgresql_url: str) -> None:
    database = a_database(postgresql_url, statement_timeout=0.1)

    with pytest.raises(OperationalError, match="statement timeout"), database.transaction() as session:
        session.execute(text("SELECT pg_sleep(5)"))

    with database.transaction() as session:
        assert session.scalar(text("SELECT 1")) == 1
    database.close()


@pytest.mark.live
def test_a_row_of_postgresql_that_another_holds_is_waited_for_a_while_only(postgresql: Database) -> None:
    impatient = a_database(postgresql.engine.url.render_as_string(hide_password=False), statement_timeout=0.1)
    with postgresql.transaction() as session:
        thing_id = a_thing(session).id

    with postgresql.transaction() as holder:
        holder.get_one(Thing, thing_id, with_for_update=True)
        with (
            pytest.raises(OperationalError, match=r"lock timeout|statement timeout"),
            impatient.transaction() as session,
        ):
            session.get_one(Thing, thing_id, with_for_update=True)

    impatient.close()


def test_pumps_are_woken_once_the_commit_is_through(sqlite: Database, wakeups: Wakeups) -> None:
    seen: list[list[str]] = []
    wakeups.on("relay", lambda: seen.append(names(sqlite)))

    with sqlite.transaction() as session:
        a_thing(session, name="committed")
        session.wake("relay")
        session.wake("relay")
        assert seen == []

    assert seen == [["committed"]]


def test_nobody_is_woken_where_nothing_was_committed(sqlite: Database, wakeups: Wakeups) -> None:
    woken: list[str] = []
    wakeups.on("relay", lambda: woken.append("relay"))

    in_vain(sqlite, lambda session: session.wake("relay"))

    assert woken == []


def together(deeds: list[Callable[[], None]]) -> None:
    """Do all of it at once, each on a thread of its own; fails with what the first of them raised."""
    failures: list[BaseException] = []

    def run(deed: Callable[[], None]) -> None:
        try:
            deed()
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=run, args=[deed]) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not failures, failures
