"""Local store: a folder of this machine; what is kept is on the disk before `keep` returns."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kit.files.store import Draft, Missing, Reader, Store, StoreAway, check_key
from kit.own_files import own_folder

DRAFTS = ".drafts"


class LocalStore(Store):
    """Files below `root`; a file is written under `.drafts` and moved to its place when it is whole."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def draft(self, key: str) -> Draft:
        return _LocalDraft(self._root / DRAFTS, self._path(key))

    def get(self, key: str) -> Reader:
        with _on_disk(key):
            return self._path(key).open("rb")

    def size(self, key: str) -> int | None:
        try:
            with _on_disk(key):
                return self._path(key).stat().st_size
        except Missing:
            return None

    def delete(self, key: str) -> None:
        with _on_disk(key):
            self._path(key).unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        return self._root / check_key(key)


class _LocalDraft(Draft):
    def __init__(self, drafts: Path, target: Path) -> None:
        self._target = target
        with _on_disk(target.name):
            own_folder(drafts)
            self._file = tempfile.NamedTemporaryFile(dir=drafts, delete=False)  # noqa: SIM115 - lives as long as the draft
        self._path = Path(self._file.name)

    def write(self, chunk: bytes) -> None:
        with _on_disk(self._target.name):
            self._file.write(chunk)

    def keep(self) -> None:
        with _on_disk(self._target.name):
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            own_folder(self._target.parent)
            self._path.replace(self._target)
            _sync(self._target.parent)

    def discard(self) -> None:
        with _on_disk(self._target.name):
            self._file.close()
            self._path.unlink(missing_ok=True)


def _sync(folder: Path) -> None:
    """Have the folder's list of names on the disk too."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _on_disk(name: str) -> Iterator[None]:
    """What the disk says, in the words of every store."""
    try:
        yield
    except FileNotFoundError:
        raise Missing(name) from None
    except OSError as error:
        raise StoreAway(error.strerror or "the disk does not answer") from error
