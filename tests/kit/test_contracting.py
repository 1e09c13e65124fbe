"""Expand, then contract: what takes something away waits until an operator says that no old process is left."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect, text

from kit.process import migrate as migrating
from kit.process.migrate import ContractFirst, migrate, missing

SCRIPT = '''"""{name}"""
import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "{revision}", {before!r}, None, None
phase = "{phase}"


def upgrade() -> None:
    {step}
'''
MAKE = 'op.create_table("old", sa.Column("id", sa.Integer, primary_key=True))'
DROP = 'op.drop_table("old")'
ADD = 'op.create_table("new", sa.Column("id", sa.Integer, primary_key=True))'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The migrations of a service `things`, to be filled."""
    monkeypatch.setattr(migrating, "_SERVICES", tmp_path)
    migrations = tmp_path / "things" / "migrations"
    migrations.mkdir(parents=True)
    return migrations


def write(folder: Path, revision: str, step: str, phase: str = "expand") -> None:
    before = f"{int(revision) - 1:04d}" if int(revision) > 1 else None
    text = SCRIPT.format(name=revision, revision=revision, before=before, phase=phase, step=step)
    (folder / f"{revision}_{phase}.py").write_text(text)


def tables(url: str) -> set[str]:
    engine = create_engine(url)
    try:
        return set(inspect(engine).get_table_names()) - {"alembic_version"}
    finally:
        engine.dispose()


def misses(url: str) -> list[str]:
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            return missing("things", connection)
    finally:
        engine.dispose()


def test_a_contraction_is_not_run_before_it_is_asked_for(folder: Path, empty_url: str) -> None:
    write(folder, "0001", MAKE)
    migrate("things", empty_url)
    write(folder, "0002", DROP, "contract")

    assert migrate("things", empty_url) == "0001"
    assert tables(empty_url) == {"old"}
    assert misses(empty_url) == []
    assert migrate("things", empty_url, contract=True) == "0002"
    assert tables(empty_url) == set()


def test_what_is_added_before_a_contraction_is_run_without_it(folder: Path, empty_url: str) -> None:
    write(folder, "0001", MAKE)
    migrate("things", empty_url)
    write(folder, "0002", ADD)
    write(folder, "0003", DROP, "contract")

    assert misses(empty_url) == ["0002"]
    assert migrate("things", empty_url) == "0002"
    assert tables(empty_url) == {"old", "new"}
    assert migrate("things", empty_url) == "0002"


def test_what_is_added_behind_a_contraction_waits_for_it(folder: Path, empty_url: str) -> None:
    write(folder, "0001", MAKE)
    migrate("things", empty_url)
    write(folder, "0002", DROP, "contract")
    write(folder, "0003", ADD)

    with pytest.raises(ContractFirst, match="0002"):
        migrate("things", empty_url)
    assert tables(empty_url) == {"old"}
    assert migrate("things", empty_url, contract=True) == "0002"
    assert migrate("things", empty_url) == "0003"


def test_a_fresh_database_gets_all_at_once(folder: Path, empty_url: str) -> None:
    write(folder, "0001", MAKE)
    write(folder, "0002", DROP, "contract")
    write(folder, "0003", ADD)

    assert migrate("things", empty_url) == "0003"
    assert tables(empty_url) == {"new"}


def test_a_database_of_a_newer_release_is_left_as_it_is_and_misses_nothing(folder: Path, empty_url: str) -> None:
    write(folder, "0001", MAKE)
    write(folder, "0002", ADD)
    migrate("things", empty_url)
    (folder / "0002_expand.py").unlink()

    assert misses(empty_url) == []
    assert migrate("things", empty_url) == "0002"
    assert migrate("things", empty_url, contract=True) == "0002"
    assert tables(empty_url) == {"old", "new"}


@pytest.mark.live
def test_a_migration_gives_way_to_whoever_uses_its_table(
    folder: Path, postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrating, "_LOCK_TIMEOUT", 0.2)
    write(folder, "0001", MAKE)
    migrate("things", postgresql_url)
    write(folder, "0002", 'op.add_column("old", sa.Column("more", sa.String, nullable=True))')
    engine = create_engine(postgresql_url)
    reached: list[str | None] = []
    waiting = threading.Thread(target=lambda: reached.append(migrate("things", postgresql_url)))

    with engine.connect() as dump, engine.connect() as writer:
        dump.execute(text("LOCK TABLE old IN ACCESS SHARE MODE"))
        waiting.start()
        for number in range(10):
            writer.execute(text("SET lock_timeout = '5s'"))
            writer.execute(text("INSERT INTO old (id) VALUES (:number)"), {"number": number})
            writer.commit()
            time.sleep(0.1)
        assert reached == []
        dump.rollback()
    waiting.join(60)

    assert reached == ["0002"]
    engine.dispose()
