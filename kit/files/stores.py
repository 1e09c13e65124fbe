"""Stores: opens the store that the settings name."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from kit.files.store import Store
from kit.files.store_local import LocalStore
from kit.settings import Settings


def store_of(settings: Settings) -> Store:
    """The one store of this process; nothing is asked of it yet."""
    return _opened(settings.store, settings.store_key, settings.store_secret)


@cache
def _opened(url: str, key: str, secret: str) -> Store:
    parts = urlsplit(url)
    if parts.scheme == "file":
        return LocalStore(Path(unquote(parts.path)))
    from kit.files.store_s3 import bucket_at  # noqa: PLC0415 - boto3 takes half a second to import, and few processes need it

    return bucket_at(parts, key, secret)
