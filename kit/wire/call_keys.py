"""Call keys: the key by which a gateway signs its calls, and the public ones by which services know them, as files."""

from __future__ import annotations

import stat
import time
from pathlib import Path
from typing import Any

import jwt
import orjson
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from jwt.algorithms import OKPAlgorithm

from kit.telemetry.logs import log

LOOK_EVERY = 1.0  # seconds between two looks at the file of public keys, which may change while a service runs


class UnusableCallKey(Exception):  # noqa: N818 - a state of a file, told to the operator
    """A file of keys is not there, can be read by everybody, or holds no key; the text says which and what to do."""


def given(path: Path | None, setting: str) -> Path:
    """The file that a setting names; raises UnusableCallKey where it names none."""
    if path is None:
        raise UnusableCallKey(f"{setting} 未设置 · is not set: the file of keys that `hub broker keys` makes")
    return path


def private_key(path: Path) -> Ed25519PrivateKey:
    """The key in a PEM file (PKCS #8); raises UnusableCallKey."""
    try:
        pem, mode = path.read_bytes(), path.stat().st_mode
        key = load_pem_private_key(pem, password=None)
    except OSError as error:
        raise UnusableCallKey(f"{path}: {error.strerror}; `hub broker keys` makes one") from None
    except (ValueError, TypeError):
        raise UnusableCallKey(f"{path} is no private key; `hub broker keys` makes one") from None
    if not isinstance(key, Ed25519PrivateKey):
        raise UnusableCallKey(f"{path} is no Ed25519 key; `hub broker keys` makes one")
    if stat.S_IMODE(mode) & 0o007:
        raise UnusableCallKey(f"{path} can be read by everybody: chmod 600 it, and rotate the key")
    return key


def key_id(key: Ed25519PublicKey) -> str:
    """By which a call names its key."""
    return key.public_bytes_raw().hex()[:16]


def jwk(key: Ed25519PublicKey) -> dict[str, Any]:
    """The public key as a JSON Web Key (RFC 8037)."""
    found: dict[str, Any] = OKPAlgorithm.to_jwk(key, as_dict=True)
    return {**found, "kid": key_id(key), "use": "sig", "alg": "EdDSA"}


def read_public(text: bytes) -> dict[str, Ed25519PublicKey]:
    """The Ed25519 keys of a JSON Web Key Set (RFC 7517) by their ids; raises ValueError where it is none or empty."""
    try:
        keys = [one.key for one in jwt.PyJWKSet.from_dict(orjson.loads(text)).keys]
    except (jwt.PyJWTError, AttributeError, TypeError) as error:
        raise ValueError("it is no set of keys") from error
    found = {key_id(key): key for key in keys if isinstance(key, Ed25519PublicKey)}
    if not found:
        raise ValueError("there is no Ed25519 key in it")
    return found


class PublicKeys:
    """Those of a file, which may be replaced while the service runs: several are good at once, so that keys can be changed."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._looked_at = time.monotonic()
        self._seen = _version(path)
        try:
            self._keys = read_public(path.read_bytes())
        except OSError as error:
            raise UnusableCallKey(f"{path}: {error.strerror}; `hub broker keys` makes it") from None
        except ValueError as error:
            raise UnusableCallKey(f"{path}: {error}; `hub broker keys` makes it") from None

    def get(self, kid: str) -> Ed25519PublicKey | None:
        """The key of this id, as the file stands now, or a second ago."""
        now = time.monotonic()
        if now - self._looked_at > LOOK_EVERY:
            self._looked_at = now
            self._look()
        return self._keys.get(kid)

    def _look(self) -> None:
        """A file that is away or broken at the moment changes nothing."""
        version = _version(self._path)
        if version in (self._seen, None):
            return
        self._seen = version
        try:
            self._keys = read_public(self._path.read_bytes())
        except (OSError, ValueError) as error:
            log(__name__).error("the keys of the gateway could not be read again", error=type(error).__name__)


def _version(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size
