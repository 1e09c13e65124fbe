"""Own secret: one that the hub makes for itself at first use, in a file of its home that only its owner can read."""

from __future__ import annotations

import secrets
from functools import cache
from pathlib import Path

from kit.own_files import is_open, written_once

BYTES = 32


class UnusableSecret(Exception):  # noqa: N818
    """The file with the secret can be read by others; the text says which and what to do."""


@cache
def own_secret(home: Path, name: str) -> str:
    """The secret in the file of this name, in hexadecimal digits; raises UnusableSecret."""
    path = home / name
    if not path.exists():
        written_once(path, secrets.token_hex(BYTES).encode("ascii"))
    if is_open(path):
        raise UnusableSecret(f"{path} can be read by others: chmod 600 it, or delete it to get a new one")
    return path.read_text(encoding="ascii")
