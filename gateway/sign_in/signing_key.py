"""Signing key: the hub's own key pair, in a file that only its owner can read."""

from __future__ import annotations

import os
import stat
import tempfile
from contextlib import suppress
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

FILE_NAME = "signing-key.pem"


class UnusableSigningKey(Exception):  # noqa: N818 - a state of the file, told to the operator
    """The key file can be read by others, or is no Ed25519 key; the text says which file and what to do."""


def signing_key(home: Path) -> Ed25519PrivateKey:
    """The key in the hub's data folder, made at first use (PKCS #8 PEM, mode 0600); raises UnusableSigningKey."""
    path = home / FILE_NAME
    if not path.exists():
        _create(path)
    return _read(path)


def _create(path: Path) -> None:
    pem = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{FILE_NAME}.") as draft:  # mode 0600
        draft.write(pem)
        draft.flush()
        os.fsync(draft.fileno())
        # a link never shows half a key and never replaces one: of two processes that start at once, one wins
        with suppress(FileExistsError):
            os.link(draft.name, path)


def _read(path: Path) -> Ed25519PrivateKey:
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise UnusableSigningKey(f"{path} can be read by others: chmod 600 it, or delete it to get a new key")
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except (ValueError, TypeError):
        raise UnusableSigningKey(f"{path} is no private key: delete it to get a new one") from None
    if not isinstance(key, Ed25519PrivateKey):
        raise UnusableSigningKey(f"{path} is no Ed25519 key: delete it to get a new one")
    return key
