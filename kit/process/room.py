"""Room: whether what is written is taken, by a folder and by a database, told apart from a database that is away."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from sqlalchemy import delete
from sqlalchemy.exc import SQLAlchemyError

from kit.calls.answers import Answer
from kit.context import Context
from kit.data.conflicts import DatabaseBusy
from kit.data.db import Database
from kit.ids import new_id
from kit.viewer import Viewer

TRIED = 65536  # bytes: more than what a full disk has left in the file or page that is being written
LOOK_EVERY = 5.0  # seconds; whoever asks in between is told what was seen
_PROBE = Context(Viewer("system:probe"))


class Folders:
    """Looks by writing a file, since only that tells of a full disk, a quota, a lost right and a read-only one alike."""

    def __init__(self, folders: Iterable[Path]) -> None:
        self._folders = sorted(set(folders))
        self._looked_at = -LOOK_EVERY
        self._room = True

    def have_room(self) -> bool:
        if time.monotonic() - self._looked_at >= LOOK_EVERY:
            self._looked_at = time.monotonic()
            self._room = all(can_write(folder) for folder in self._folders)
        return self._room


def can_write(folder: Path) -> bool:
    """Whether a small file can be written in this folder, or in the one in which it will be made."""
    there = next((each for each in (folder, *folder.parents) if each.is_dir()), folder)
    try:
        with tempfile.TemporaryFile(dir=there) as file:
            file.write(os.urandom(TRIED))
    except OSError:
        return False
    return True


class Room:
    """Whether a service's database takes what is written.

    A refusal is remembered by the database (Database.refuses); from then on each look tries it with a row that is larger
    than a page. The files of SQLite are looked at before anything is refused.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._folders = Folders(database.folders())
        self._tried_at = -LOOK_EVERY

    def left(self) -> bool:
        if self._database.refuses and time.monotonic() - self._tried_at >= LOOK_EVERY:
            self._tried_at = time.monotonic()
            with suppress(SQLAlchemyError, DatabaseBusy):
                self._try()
        return not self._database.refuses and self._folders.have_room()

    def _try(self) -> None:
        row = Answer(viewer=_PROBE.viewer.id, key=new_id(), digest="", answered_at=self._database.now())
        row.payload = {"probe": os.urandom(TRIED // 2).hex()}
        with self._database.transaction(_PROBE) as session:
            session.add(row)
        self._database.refuses = False
        with self._database.transaction(_PROBE) as session:
            session.execute(delete(Answer).where(Answer.viewer == _PROBE.viewer.id))
