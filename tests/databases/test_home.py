"""A home: its databases are migrated copies that nobody else has, and tests that race are found by what they call."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from kit.process.migrate import missing
from tests.databases.fixtures import BOTH, races
from tests.databases.ground import GROUND
from tests.databases.templates import digest
from tests.services.events.events_hub import EventsHub
from tests.services.service_hub import at_once


@pytest.fixture(params=BOTH)
def database(request: pytest.FixtureRequest) -> str:
    found: str = request.param
    return found


@pytest.fixture
def _database(database: str) -> str:
    """Both, whatever the run names."""
    return database


def test_a_hub_begins_on_a_migrated_database_and_finds_it_again(home: Path, database: str) -> None:
    events = EventsHub()
    organization = events.organization()
    kind = events.runtime.database.engine.dialect.name
    with events.runtime.database.engine.connect() as connection:
        still = missing("events", connection)
    events.stop()
    events.start()

    with events.runtime.database.engine.connect() as connection:
        known = connection.scalar(text("SELECT count(*) FROM organizations"))
    events.stop()

    assert (kind, still, known, bool(organization)) == (database, [], 1, True)


def test_what_one_hub_writes_is_not_in_the_next_ones_copy(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = EventsHub()
    first.organization()
    first.stop()
    monkeypatch.setenv("HUB_HOME", str(tmp_path / "another"))

    second = EventsHub()
    with second.runtime.database.engine.connect() as connection:
        known = connection.scalar(text("SELECT count(*) FROM organizations"))
    second.stop()

    assert known == 0


@pytest.mark.live
def test_the_databases_of_a_home_are_dropped_when_its_test_ends(postgres: Any, tmp_path: Path) -> None:
    with pytest.MonkeyPatch.context() as environment, GROUND.on(postgres):
        environment.setenv("HUB_HOME", str(tmp_path))
        events = EventsHub()
        name = events.runtime.database.engine.url.database
        events.stop()

    engine = create_engine(postgres.url("postgres"))
    with engine.connect() as connection:
        query = text("SELECT count(*) FROM pg_database WHERE datname = :name")
        assert (name is not None, connection.scalar(query, {"name": name})) == (True, 0)
    engine.dispose()


def test_each_service_has_a_template_of_its_own() -> None:
    assert len({digest(service) for service in ("events", "projects", "alliances", "notify")}) == 4


def _begun_together(call: Callable[[], None]) -> None:
    at_once(call, call)


def _alone() -> None:
    """Nobody else is here."""


@pytest.mark.parametrize(
    ("test", "found"),
    [
        (lambda: at_once(_alone), True),
        (lambda: _begun_together(_alone), True),
        (lambda: [_begun_together(each) for each in (_alone,)], True),
        (lambda: list(map(partial(_begun_together), [_alone])), True),
        (lambda: _alone() or _alone(), False),
        (_alone, False),
    ],
)
def test_a_test_races_where_it_or_what_it_calls_acts_at_once(test: Callable[[], None], found: bool) -> None:
    assert races(test) == found
