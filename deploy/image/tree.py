"""Tree: the files of an image, weighed, compared, and searched for what has no business in it."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path

BUILD_TOOLS = frozenset(
    {"pip", "pip3", "setuptools", "ensurepip", "wheel", "gcc", "cc", "g++", "make", "ld", "git", "curl"}
)
PLACES = (
    "bin",
    "usr/bin",
    "usr/local/bin",
    "opt/hub/bin",
    "usr/local/lib/python*",
    "*/*/python*/*-packages",
    "opt/hub/lib/*/*",
)


def strays(tree: Path) -> list[str]:
    """The programs and packages in the image that only building needs, by their paths."""
    found = {path for place in PLACES for folder in tree.glob(place) for path in folder.glob("*")}
    return sorted(str(path.relative_to(tree)) for path in found if path.name in BUILD_TOOLS)


def megabytes(path: Path) -> float:
    """What all files below take, each once however many names it has."""
    sizes = {(info.st_dev, info.st_ino): info.st_size for _, info in _files(path)}
    return sum(sizes.values()) / 1_000_000


def digest(path: Path) -> str:
    """SHA-256 of names, modes, owners and contents at or below a path; of no times, which a builder sets on its own."""
    sha = hashlib.sha256()
    for file, info in _files(path):
        sha.update(repr((str(file.relative_to(path)), info.st_mode, info.st_uid, info.st_gid, info.st_size)).encode())
        sha.update(bytes(file.readlink()) if stat.S_ISLNK(info.st_mode) else file.read_bytes())
    return sha.hexdigest()


def _files(path: Path) -> Iterator[tuple[Path, os.stat_result]]:
    """Every file and link at or below a path, in the order of their names."""
    if path.is_file():
        yield path, path.lstat()
    for folder, subfolders, names in os.walk(path):
        subfolders.sort()
        for file in (Path(folder) / name for name in sorted(names)):
            info = file.lstat()
            if stat.S_ISREG(info.st_mode) or stat.S_ISLNK(info.st_mode):
                yield file, info
