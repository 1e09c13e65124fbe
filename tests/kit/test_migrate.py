"""Migrate: a fresh database gets exactly the mapped tables, once, whoever else migrates and whoever dies meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, MetaData, create_engine, event, inspect

from hub.services import service_class
from kit.data.db import KitTable
from kit.process import migrate as migrating
from kit.process.migrate import migrate, missing
from kit.settings import SERVICES

RUNNERS = 3
pytestmark = [  # SQLAlchemy cannot read an index on an expression back from SQLite
    pytest.mark.filterwarnings("ignore:Skipped unsupported reflection of expression-based index"),
    pytest.mark.filterwarnings("ignore:autogenerate skipping metadata-specified expression-based index"),
]


@pytest.fixture
def engine(empty_url: str) -> Iterator[Engine]:
    """A way to look at the database that no setting of ours has touched."""
    engine = create_engine(empty_url)
    yield engine
    engine.dispose()


def tables_of(service: str) -> list[MetaData]:
    return [KitTable.metadata, service_class(service).tables]  # type: ignore[attr-defined]


def differences(service: str, engine: Engine) -> list[object]:
    """What the mapped classes have that the database has not, and the other way round."""
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, tables_of(service)))  # type: ignore[arg-type]


def newest(service: str) -> str:
    folder = Path(migrating.__file__).parents[2] / "services" / service / "migrations"
    return max(path.name.split("_")[0] for path in folder.glob("[0-9]*.py"))


@pytest.mark.parametrize("service", SERVICES)
def test_a_fresh_database_gets_exactly_the_mapped_tables(service: str, empty_url: str, engine: Engine) -> None:
    assert migrate(service, empty_url) == newest(service)

    assert differences(service, engine) == []
    with engine.connect() as connection:
        assert missing(service, connection) == []


@pytest.mark.parametrize("service", SERVICES)
def test_every_partial_and_unique_index_is_what_the_mapped_classes_say(
    service: str, empty_url: str, engine: Engine
) -> None:
    migrate(service, empty_url)

    for metadata in tables_of(service):
        for table in metadata.sorted_tables:
            unique, partial = _unique_and_partial(engine, table.name)
            assert unique == {index.name for index in table.indexes if index.unique}, table.name
            assert partial == {
                index.name for index in table.indexes if index.dialect_options["sqlite"]["where"] is not None
            }


def _unique_and_partial(engine: Engine, table: str) -> tuple[set[str], set[str]]:
    """Which indexes of a table are unique, and which partial; in SQLite as written, for none of expressions is inspected."""
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            written = connection.exec_driver_sql(
                "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL",
                (table,),
            ).all()
        unique = {name for name, statement in written if statement.startswith("CREATE UNIQUE")}
        return unique, {name for name, statement in written if " WHERE " in statement}
    found = inspect(engine).get_indexes(table)
    unique = {str(index["name"]) for index in found if index["unique"]}
    return unique, {str(index["name"]) for index in found if _is_partial(index)}


def _is_partial(index: object) -> bool:
    options = index.get("dialect_options", {})  # type: ignore[attr-defined]
    return any(name.endswith("_where") and value is not None for name, value in options.items())


def test_migrating_again_changes_nothing(empty_url: str, engine: Engine) -> None:
    migrate("alliances", empty_url)
    before = inspect(engine).get_table_names()

    assert migrate("alliances", empty_url) == newest("alliances")
    assert inspect(engine).get_table_names() == before


def test_an_empty_database_is_not_current(empty_url: str, engine: Engine) -> None:
    assert empty_url
    with engine.connect() as connection:
        assert missing("alliances", connection)[0] == "0001"


def test_the_folder_of_a_sqlite_file_is_made(tmp_path: Path) -> None:
    file = tmp_path / "a new" / "folder" / "alliances.sqlite3"

    migrate("alliances", f"sqlite:///{file}")

    assert file.exists()


def test_runners_at_the_same_moment_migrate_once(empty_url: str, engine: Engine) -> None:
    context = get_context("spawn")
    with ProcessPoolExecutor(RUNNERS, mp_context=context) as runners:
        reached = [
            runner.result(60) for runner in [runners.submit(migrate, "alliances", empty_url) for _ in range(RUNNERS)]
        ]

    assert reached == [newest("alliances")] * RUNNERS
    assert differences("alliances", engine) == []


class Killed(BaseException):
    """The process dies here."""


def test_a_runner_that_dies_in_the_middle_leaves_nothing_behind(
    empty_url: str, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_engine, sent = migrating._engine, []

    def engine_that_dies(url: str) -> Engine:
        made = open_engine(url)
        event.listen(made, "after_cursor_execute", die)
        return made

    def die(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        sent.append(statement)
        if statement.lstrip().startswith("CREATE TABLE inbox"):
            raise Killed

    monkeypatch.setattr(migrating, "_engine", engine_that_dies)
    with pytest.raises(Killed):
        migrate("alliances", empty_url)
    monkeypatch.setattr(migrating, "_engine", open_engine)

    assert any("CREATE TABLE answers" in statement for statement in sent)
    assert inspect(engine).get_table_names() == []
    assert migrate("alliances", empty_url) == newest("alliances")
    assert differences("alliances", engine) == []


def test_a_runner_waits_for_the_one_before_it(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'alliances.sqlite3'}"
    reached: list[str | None] = []
    holder = migrating._engine(url)
    waiting = threading.Thread(target=lambda: reached.append(migrate("alliances", url)))

    with holder.begin():
        waiting.start()
        waiting.join(0.1)
        assert reached == []
    waiting.join(60)

    assert reached == [newest("alliances")]
