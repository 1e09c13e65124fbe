"""One running alliances service for the tests of a module, as new for each of them; on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from tests.databases.fixtures import BOTH, POSTGRESQL
from tests.databases.templates import TEMPLATES
from tests.servers.fixtures import revived
from tests.services.alliances.alliances_hub import AlliancesHub

_numbers = count(1)


@pytest.fixture(scope="module", params=BOTH)
def _running_alliances(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[AlliancesHub]:
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("HUB_HOME", str(tmp_path_factory.mktemp("alliances")))
        if request.param == POSTGRESQL:
            environment.setenv("HUB_DATABASE_ALLIANCES", _new_database(request))
        hub = AlliancesHub()
    yield hub
    hub.stop()


@pytest.fixture
def alliances(_running_alliances: AlliancesHub) -> AlliancesHub:
    _running_alliances.begin()
    return _running_alliances


@pytest.fixture
def alliances_on_sqlite(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AlliancesHub]:
    """For what is read off SQLite's own plan."""
    monkeypatch.setenv("HUB_HOME", str(tmp_path))
    hub = AlliancesHub()
    hub.begin()
    yield hub
    hub.stop()


def _new_database(request: pytest.FixtureRequest) -> str:
    """A database of the run's server; the server is thrown away with all that is in it."""
    server = revived(request.getfixturevalue("_database_server"))
    return server.database(f"alliances_{next(_numbers)}", template=TEMPLATES.on(server, "alliances"))
