"""Signing key: the hub's own key pair, in a file that only its owner can read."""

from __future__ import annotations

from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from kit.own_files import is_open, written_once

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
    written_once(path, pem)


def _read(path: Path) -> Ed25519PrivateKey:
    if is_open(path):
        raise UnusableSigningKey(f"{path} can be read by others: chmod 600 it, or delete it to get a new key")
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except (ValueError, TypeError):
        raise UnusableSigningKey(f"{path} is no private key: delete it to get a new one") from None
    if not isinstance(key, Ed25519PrivateKey):
        raise UnusableSigningKey(f"{path} is no Ed25519 key: delete it to get a new one")
    return key
