"""Templates: the database of each service, migrated once a run, for every hub that a test starts to begin with a copy.

A template lies under a digest of all that makes it (migrations, mapped classes, the kit), so that it is never out of date.
"""

from __future__ import annotations

import fcntl
import hashlib
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path

from kit.process.migrate import migrate
from tests.servers.postgres import PostgreSQL

SOURCE = Path(__file__).parents[2]


class Templates:
    """`folder` is shared by the processes of a run; until it is set, this process has one of its own."""

    def __init__(self) -> None:
        self.folder: Path | None = None
        self._made: set[tuple[PostgreSQL, str]] = set()

    def copy(self, service: str, file: Path) -> None:
        """Put a migrated SQLite database where there is none yet."""
        if not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(self._file(service), file)

    def on(self, server: PostgreSQL, service: str) -> str:
        """The name of the migrated database of a server, to make others from."""
        name = f"template_{service}_{digest(service)}"
        if (server, name) not in self._made:
            migrate(service, server.database(name))
            self._made.add((server, name))
        return name

    def _file(self, service: str) -> Path:
        self.folder = self.folder or Path(tempfile.mkdtemp(prefix="delta-hub-templates-"))
        self.folder.mkdir(parents=True, exist_ok=True)
        file = self.folder / f"{service}-{digest(service)}.sqlite3"
        with _alone(self.folder / "lock"):
            if not file.exists():
                _make(service, file)
        return file


TEMPLATES = Templates()


@cache
def digest(service: str) -> str:
    """Of everything that can change what migrating comes to."""
    found = hashlib.sha256()
    for folder in ("kit", f"services/{service}"):
        for file in sorted((SOURCE / folder).rglob("*.py")):
            found.update(file.relative_to(SOURCE).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return found.hexdigest()[:16]


def _make(service: str, file: Path) -> None:
    unfinished = file.with_suffix(".unfinished")
    migrate(service, f"sqlite:///{unfinished}")
    with closing(sqlite3.connect(unfinished)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")  # as the hub sets it: each copy is spared the change
    unfinished.rename(file)


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """One process of the run at a time."""
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield
