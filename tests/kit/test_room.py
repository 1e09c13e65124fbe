"""Room: a full or read-only disk is told apart from a database that is away, and is noticed when it has room again."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from kit.calls.answers import Answer
from kit.data.conflicts import DatabaseBusy
from kit.data.db import Database
from kit.process.health import Health
from kit.process.room import Folders, Room, can_write
from tests.kit.full import ROOM, full_disk
from tests.kit.things import Note, a_database


@pytest.fixture(autouse=True)
def _looking_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kit.process.room.LOOK_EVERY", 0.0)


def test_a_folder_has_room_or_not(tmp_path: Path) -> None:
    assert can_write(tmp_path)
    assert can_write(tmp_path / "not made" / "yet")
    assert not can_write(Path("/proc"))
    with full_disk():
        assert not can_write(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_whoever_asks_between_two_looks_is_told_what_was_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kit.process.room.LOOK_EVERY", 3600.0)
    folders = Folders([tmp_path])
    folders._looked_at -= 3600

    assert folders.have_room()
    with full_disk():
        assert folders.have_room()


def test_a_file_without_room_is_noticed_before_anything_is_refused(sqlite: Database) -> None:
    health = Health("things", sqlite, ready_age=60, stopping=threading.Event())
    with full_disk():
        report = health.report()

    assert (report["ready"], report["database"], report["writable"], sqlite.refuses) == (False, True, False, False)
    assert health.report()["ready"]


def test_a_write_that_was_refused_is_remembered_until_one_succeeds(sqlite: Database) -> None:
    room = Room(sqlite)
    with full_disk(), pytest.raises(DatabaseBusy):
        _write(sqlite)

    assert sqlite.refuses
    assert room.left()
    assert not sqlite.refuses
    _write(sqlite)


@pytest.mark.live
def test_a_server_that_takes_no_writes_is_noticed_and_so_is_the_end_of_that(postgresql: Database) -> None:
    room, name = Room(postgresql), postgresql.engine.url.database
    _alter(postgresql, f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    with pytest.raises(DatabaseBusy):
        _write(postgresql)
    assert not room.left()
    assert not room.left()

    _alter(postgresql, f"ALTER DATABASE {name} SET default_transaction_read_only = off")

    assert room.left()
    with postgresql.transaction(writes=False) as session:
        assert session.scalar(select(func.count()).select_from(Answer)) == 0


def test_a_server_that_is_away_has_refused_nothing() -> None:
    away = a_database("postgresql+psycopg2://hub@127.0.0.1:9/nobody")
    with pytest.raises(DBAPIError):
        _write(away)

    assert not away.refuses
    away.close()


def _write(database: Database) -> None:
    with database.transaction() as session:
        session.add(Note(message_id="x" * ROOM * 2))


def _alter(database: Database, statement: str) -> None:
    """Change it for the connections that come; those that are there end."""
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("SET default_transaction_read_only = off"))
        connection.execute(text(statement))
    database.engine.dispose()
