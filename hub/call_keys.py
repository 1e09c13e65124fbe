"""Call keys: makes the key by which a gateway signs its calls, and keeps the file of those that the services believe."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

import click
import orjson
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from kit.wire.call_keys import UnusableCallKey, jwk, private_key, read_public

OWNER_ONLY, EVERYBODY_READS = 0o600, 0o644


def make_key(path: Path) -> None:
    """Write a new key (PKCS #8 PEM, mode 0600) where there is no file yet."""
    if not path.exists():
        pem = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        _write(path, pem, OWNER_ONLY, replace=False)


def believe(key: Path, keys: Path, *, only: bool = False) -> str:
    """Add the public half of a key to the file of those that are believed, or make it the `only` one; returns its id."""
    try:
        public = private_key(key).public_key()
        known = {} if only or not keys.exists() else read_public(keys.read_bytes())
    except UnusableCallKey as unusable:
        raise click.ClickException(str(unusable)) from None
    except ValueError as error:
        raise click.ClickException(f"{keys}: {error}") from None
    own = jwk(public)
    found = [*(jwk(one) for kid, one in known.items() if kid != own["kid"]), own]
    _write(keys, orjson.dumps({"keys": found}, option=orjson.OPT_INDENT_2), EVERYBODY_READS)
    return str(own["kid"])


def _write(path: Path, content: bytes, mode: int, *, replace: bool = True) -> None:
    """In one step, so that nobody ever reads half a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as draft:
        draft.write(content)
        draft.flush()
        os.fsync(draft.fileno())
        os.fchmod(draft.fileno(), mode)
    try:
        if replace:
            Path(draft.name).replace(path)
            return
        with suppress(FileExistsError):  # of two that start at once, one wins
            os.link(draft.name, path)
    finally:
        Path(draft.name).unlink(missing_ok=True)
