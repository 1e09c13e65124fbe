"""Own secret: one that the hub makes for itself at first use, in a file of its home that only its owner can read."""

from __future__ import annotations

import os
import secrets
import stat
import tempfile
from contextlib import suppress
from functools import cache
from pathlib import Path

BYTES = 32


class UnusableSecret(Exception):  # noqa: N818
    """The file with the secret can be read by others; the text says which and what to do."""


@cache
def own_secret(home: Path, name: str) -> str:
    """The secret in the file of this name, in hexadecimal digits; raises UnusableSecret."""
    path = home / name
    if not path.exists():
        _create(path)
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise UnusableSecret(f"{path} can be read by others: chmod 600 it, or delete it to get a new one")
    return path.read_text(encoding="ascii")


def _create(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=path.parent, prefix=f".{path.name}.", encoding="ascii") as draft:
        draft.write(secrets.token_hex(BYTES))
        draft.flush()
        os.fsync(draft.fileno())
        # a link never shows half a secret and never replaces one: of two processes that start at once, one wins
        with suppress(FileExistsError):
            os.link(draft.name, path)
