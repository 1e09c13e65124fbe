"""Own files: what the hub keeps on this machine, which nobody but its owner reads."""

from __future__ import annotations

import os
import stat
import tempfile
from contextlib import suppress
from pathlib import Path

FOLDER, FILE = 0o700, 0o600
OTHERS = 0o077
BESIDE = ("", "-wal", "-shm")
"""What SQLite keeps beside a database; it gives such a file the mode that the database has when it makes it."""


def own_folder(path: Path) -> Path:
    """The folder, made with all above it that is missing, for its owner only; one that is there keeps its mode."""
    if not path.is_dir():
        own_folder(path.parent)
        path.mkdir(FOLDER, exist_ok=True)
    return path


def own_file(path: Path) -> None:
    """Make an empty file for a database unless it is there, and shut it if it is."""
    own_folder(path.parent)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, FILE))
    shut(path)


def shut(path: Path) -> None:
    """Take a database of ours, and what SQLite keeps beside it, from everybody else: earlier releases left it open."""
    for each in (path.with_name(path.name + ending) for ending in BESIDE):
        with suppress(FileNotFoundError):
            found = each.stat()
            if found.st_mode & OTHERS and found.st_uid == os.geteuid():
                each.chmod(FILE)


def is_open(path: Path) -> bool:
    """Whether others than its owner may do anything with it."""
    return bool(stat.S_IMODE(path.stat().st_mode) & OTHERS)


def written_once(path: Path, content: bytes) -> None:
    """Write the file unless it is there; it is never seen half written, and of two who write at once, one wins."""
    own_folder(path.parent)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.") as draft:  # mode 0600
        draft.write(content)
        draft.flush()
        os.fsync(draft.fileno())
        with suppress(FileExistsError):
            os.link(draft.name, path)
