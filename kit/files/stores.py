"""Stores: opens the store that the settings name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from kit.files.store import Store
from kit.files.store_local import LocalStore
from kit.settings import Settings


@dataclass(frozen=True)
class StoreAt:
    """Where a store is and by which right; unlike the store itself it can be handed to another process."""

    url: str
    key: str
    secret: str

    def open(self) -> Store:
        """The one store of this process at this place; nothing is asked of it yet."""
        return _opened(self.url, self.key, self.secret)

    def folders(self) -> list[Path]:
        """Where its files lie, if they lie on this machine."""
        parts = urlsplit(self.url)
        return [Path(unquote(parts.path))] if parts.scheme == "file" else []


def store_at(settings: Settings) -> StoreAt:
    return StoreAt(settings.store, settings.store_key, settings.store_secret)


def store_of(settings: Settings) -> Store:
    """The one store of this process; nothing is asked of it yet."""
    return store_at(settings).open()


def delete_all(at: StoreAt, keys: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Have nothing under these keys any more; tells how many are done."""
    store = at.open()
    for done, key in enumerate(keys, 1):
        store.delete(key)
        yield done, len(keys)


@cache
def _opened(url: str, key: str, secret: str) -> Store:
    parts = urlsplit(url)
    if parts.scheme == "file":
        return LocalStore(Path(unquote(parts.path)))
    from kit.files.store_s3 import bucket_at  # noqa: PLC0415 - boto3 takes half a second to import, and few processes need it

    return bucket_at(parts, key, secret)
