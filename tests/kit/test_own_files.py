"""What the hub keeps on this machine is its owner's alone, from the first moment, and where an earlier release left it open."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from gateway.certificates.keys import CredentialKeys
from gateway.sign_in.signing_key import signing_key
from kit.clock import SystemClock
from kit.data.db import Database
from kit.data.wakeups import Wakeups
from kit.files.store import put
from kit.files.store_local import LocalStore
from kit.own_files import own_folder, written_once
from kit.own_secret import own_secret
from kit.process.migrate import migrate


@pytest.fixture(autouse=True)
def _an_open_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def _modes(home: Path) -> set[str]:
    return {f"{stat.S_IMODE(path.stat().st_mode):o}" for path in home.rglob("*") if path.is_file()}


def test_database_and_what_lies_beside_it_are_its_owners_alone(tmp_path: Path) -> None:
    home = tmp_path / "srv" / "home"
    url = f"sqlite:///{home}/notify.sqlite3"

    migrate("notify", url)
    database = Database(url, clock=SystemClock(), wakeups=Wakeups())
    with database.transaction() as session:
        session.execute(text("CREATE TABLE things (id INTEGER)"))

    assert {path.name for path in home.iterdir()} >= {"notify.sqlite3", "notify.sqlite3-wal", "notify.sqlite3-shm"}
    assert _modes(home) == {"600"}
    assert [stat.S_IMODE(path.stat().st_mode) for path in (home, home.parent)] == [0o700, 0o700]
    database.close()


def test_files_that_an_earlier_release_left_open_are_shut(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/notify.sqlite3"
    migrate("notify", url)
    database = Database(url, clock=SystemClock(), wakeups=Wakeups())
    with database.transaction() as session:
        session.execute(text("CREATE TABLE things (id INTEGER)"))
    for path in tmp_path.iterdir():
        path.chmod(0o644)

    migrate("notify", url)

    assert len(list(tmp_path.iterdir())) == 3
    assert _modes(tmp_path) == {"600"}
    database.close()


def test_keys_secrets_and_files_of_people_are_their_owners_alone(tmp_path: Path) -> None:
    home = tmp_path / "home"

    signing_key(home)
    own_secret(home, "ticket-secret")
    CredentialKeys(None, home, "https://hub.example.org").all_public()
    put(LocalStore(home / "store"), "works/a", [b"a"])

    assert _modes(home) == {"600"}
    assert {stat.S_IMODE(path.stat().st_mode) for path in [home, *home.rglob("*")] if path.is_dir()} == {0o700}


def test_folder_that_is_there_keeps_its_mode(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir(0o755)

    assert stat.S_IMODE(own_folder(tmp_path / "shared").stat().st_mode) == 0o755


def test_what_is_written_once_is_never_replaced(tmp_path: Path) -> None:
    for content in (b"first", b"second"):
        written_once(tmp_path / "key", content)

    assert (tmp_path / "key").read_bytes() == b"first"
