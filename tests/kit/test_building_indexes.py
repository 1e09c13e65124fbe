"""An index of a table in use is built beside its writers, before the migration that lists it; one that died is built anew."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, event, inspect, text
from sqlalchemy.pool import NullPool

from kit.process import migrate as migrating
from kit.process.migrate import migrate

TABLE = '''"""one"""
import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "0001", None, None, None


def upgrade() -> None:
    op.create_table("things", sa.Column("id", sa.Integer, primary_key=True), sa.Column("kind", sa.String))
'''
INDEX = '''"""two"""
from kit.process.indexes import NewIndex, make

revision, down_revision, branch_labels, depends_on = "0002", "0001", None, None
indexes = (NewIndex("ix_things_kind", "things", ("kind", "id"), "kind IS NOT NULL"),)


def upgrade() -> None:
    make(indexes)
'''


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The migrations of a service `things`: one that makes its table, and one that lists an index of it."""
    monkeypatch.setattr(migrating, "_SERVICES", tmp_path)
    migrations = tmp_path / "things" / "migrations"
    migrations.mkdir(parents=True)
    (migrations / "0001_one.py").write_text(TABLE)
    (migrations / "0002_two.py").write_text(INDEX)
    return migrations


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The statements of those who migrate."""
    found: list[str] = []
    opened = migrating._engine

    def listened(url: str) -> Engine:
        engine = opened(url)
        event.listen(engine, "before_cursor_execute", lambda _c, _u, sql, *_: found.append(sql))
        return engine

    monkeypatch.setattr(migrating, "_engine", listened)
    return found


@pytest.fixture
def engine(empty_url: str) -> Iterator[Engine]:
    engine = create_engine(empty_url)
    yield engine
    engine.dispose()


def test_it_is_made_with_its_table_where_there_is_none_yet(folder: Path, empty_url: str, engine: Engine) -> None:
    assert migrate("things", empty_url) == "0002"

    assert [index["name"] for index in inspect(engine).get_indexes("things")] == ["ix_things_kind"]


@pytest.mark.live
@pytest.mark.parametrize("died", [False, True])
def test_beside_a_writer_it_is_built_whole(folder: Path, postgresql_url: str, sent: list[str], died: bool) -> None:
    migrate("things", postgresql_url, "0001")
    engine = create_engine(postgresql_url, poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO things SELECT i, 'a' FROM generate_series(1, 100) i"))
        if died:
            connection.execute(text("CREATE INDEX ix_things_kind ON things (kind, id) WHERE kind IS NOT NULL"))
            connection.execute(
                text("UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'ix_things_kind'::regclass")
            )
    sent.clear()

    assert migrate("things", postgresql_url) == "0002"

    assert any(sql.startswith("CREATE INDEX CONCURRENTLY") for sql in sent)
    assert any(sql.startswith("DROP INDEX CONCURRENTLY") for sql in sent) == died
    with engine.connect() as connection:
        valid = "SELECT indisvalid FROM pg_index WHERE indexrelid = 'ix_things_kind'::regclass"
        assert connection.scalar(text(valid)) is True
