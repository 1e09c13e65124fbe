"""A database with the kit's tables and those of the tests, on SQLite and on PostgreSQL, under a clock that tests move."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kit.data.db import Database, KitTable
from kit.data.wakeups import Wakeups
from kit.work import job_rows, timers  # noqa: F401 - their tables are made
from tests.clock import StandingClock
from tests.kit.things import ThingsTable, a_database


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock()


@pytest.fixture
def wakeups() -> Wakeups:
    return Wakeups()


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'tests.sqlite3'}"


@pytest.fixture
def postgresql_url(request: pytest.FixtureRequest) -> str:
    url: str = request.getfixturevalue("new_database")()
    return url


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.live)])
def empty_url(request: pytest.FixtureRequest) -> str:
    """The address of an empty database; the test is run once on each kind."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def url(empty_url: str) -> str:
    """The address of a database with its tables."""
    return with_tables(empty_url)


@pytest.fixture
def database(url: str, clock: StandingClock, wakeups: Wakeups) -> Iterator[Database]:
    yield from _closing(a_database(url, clock, wakeups))


@pytest.fixture
def sqlite(sqlite_url: str, clock: StandingClock, wakeups: Wakeups) -> Iterator[Database]:
    """For what depends on no database, or on SQLite only."""
    yield from _closing(a_database(with_tables(sqlite_url), clock, wakeups))


@pytest.fixture
def postgresql(postgresql_url: str, clock: StandingClock, wakeups: Wakeups) -> Iterator[Database]:
    """For what depends on PostgreSQL."""
    yield from _closing(a_database(with_tables(postgresql_url), clock, wakeups))


def with_tables(url: str) -> str:
    database = a_database(url)
    for metadata in (KitTable.metadata, ThingsTable.metadata):
        metadata.create_all(database.engine)
    database.close()
    return url


def _closing(database: Database) -> Iterator[Database]:
    yield database
    database.close()
