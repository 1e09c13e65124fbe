"""Fixtures: a home for the hubs of a test, on the database that the run names, and on both where the test races.

SQLite has one writer at a time: what two callers do to each other at once shows on PostgreSQL only.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

import pytest

from tests.databases.ground import GROUND
from tests.databases.templates import TEMPLATES
from tests.servers.fixtures import revived

SQLITE, POSTGRESQL = "sqlite", "postgresql"
BOTH = [pytest.param(SQLITE, id=SQLITE), pytest.param(POSTGRESQL, id=POSTGRESQL, marks=pytest.mark.live)]
RACE = "at_once"
DEPTH = 4  # how far from a test its race may lie, in functions that call each other


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database",
        choices=[SQLITE, POSTGRESQL],
        help="run only what has a `home` for hubs, on this database (else: everything, on both where it races)",
    )


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "home" not in metafunc.fixturenames:
        return
    chosen = metafunc.config.getoption("database")
    if chosen or races(metafunc.function):
        kinds = BOTH if chosen is None else [kind for kind in BOTH if kind.id == chosen]
        metafunc.parametrize("_database", kinds, indirect=True)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """With --database, only what has a home is left."""
    if chosen := config.getoption("database"):
        config.hook.pytest_deselected(items=[item for item in items if not _is_for(chosen, item)])
        items[:] = [item for item in items if _is_for(chosen, item)]


def _is_for(database: str, item: pytest.Item) -> bool:
    on_sqlite_only = item.get_closest_marker(SQLITE) is not None
    return "home" in getattr(item, "fixturenames", ()) and not (database == POSTGRESQL and on_sqlite_only)


def races(function: Any, depth: int = DEPTH) -> bool:
    """Whether a test, or a function of the tests that it names, has several callers act `at_once`."""
    function = getattr(getattr(function, "hypothesis", None), "inner_test", function)
    names = set(_names(function.__code__))
    found = [function.__globals__.get(name) for name in names]
    called = [each for each in found if isinstance(each, FunctionType) and each.__module__.startswith("tests.")]
    return RACE in names or (depth > 0 and any(races(each, depth - 1) for each in called if each is not function))


def _names(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _names(constant)


@pytest.fixture(scope="session", autouse=True)
def _templates(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> None:
    """The processes of a run share what they have migrated."""
    base = tmp_path_factory.getbasetemp()
    TEMPLATES.folder = (base.parent if hasattr(request.config, "workerinput") else base) / "templates"


@pytest.fixture
def _database(request: pytest.FixtureRequest) -> str:
    return getattr(request, "param", SQLITE)


@pytest.fixture
def home(
    _database: str, request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """HUB_HOME for the hubs of this test: a folder of its own, and databases that are dropped when it ends."""
    monkeypatch.setenv("HUB_HOME", str(tmp_path))
    if _database == SQLITE:
        yield tmp_path
        return
    with GROUND.on(revived(request.getfixturevalue("_database_server"))):
        yield tmp_path
