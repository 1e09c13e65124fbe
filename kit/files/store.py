"""Store: keeps files by key, behind one interface: a folder of this machine, or a bucket of an S3-compatible store.

A key is lower-case letters, digits, `-`, `_`, `.` and `/`; none is a folder of another. What is kept appears whole or not
at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Protocol

CHUNK = 65_536
_PART = r"[a-z0-9_][a-z0-9_.-]*"
_KEY = re.compile(rf"{_PART}(/{_PART})*")
LONGEST_KEY = 200


class Missing(Exception):  # noqa: N818
    """There is nothing under this key."""


class StoreAway(Exception):  # noqa: N818
    """The store cannot be had at the moment; trying again later helps."""


class Reader(Protocol):
    """What is kept under a key, read once from its beginning; to be closed (`contextlib.closing`)."""

    def read(self, size: int, /) -> bytes: ...

    def close(self) -> None: ...


class Draft(Protocol):
    """Something on its way into the store, which nobody sees before `keep`."""

    def write(self, chunk: bytes) -> None: ...

    def keep(self) -> None:
        """Put it under its key, in place of what was there."""

    def discard(self) -> None:
        """Leave nothing behind; after `keep`, do nothing."""


class Store(Protocol):
    """Files by key. Every method raises StoreAway where the store cannot be had, and ValueError for what is no key."""

    def draft(self, key: str) -> Draft:
        """Begin to write what is to be kept under `key`."""

    def get(self, key: str) -> Reader:
        """Read what is kept under `key`; raises Missing."""

    def size(self, key: str) -> int | None:
        """How many bytes are kept under `key`; None where nothing is."""

    def delete(self, key: str) -> None:
        """Have nothing under `key` any more, whether or not there was something."""


@contextmanager
def drafting(store: Store, key: str) -> Iterator[Draft]:
    """A draft that is discarded at the end unless it was kept before."""
    draft = store.draft(key)
    try:
        yield draft
    finally:
        draft.discard()


def put(store: Store, key: str, chunks: Iterable[bytes]) -> None:
    """Keep these bytes under `key`, in place of what was there."""
    with drafting(store, key) as draft:
        for chunk in chunks:
            draft.write(chunk)
        draft.keep()


def chunks_of(reader: Reader) -> Iterator[bytes]:
    """What is left to read, in pieces that fit into memory."""
    while chunk := reader.read(CHUNK):
        yield chunk


def check_key(key: str) -> str:
    """The key itself; raises ValueError for one that could lead out of the store, or that some store cannot hold."""
    if len(key) > LONGEST_KEY or not _KEY.fullmatch(key):
        raise ValueError(f"{key[:LONGEST_KEY]!r} is no key of the store")
    return key
