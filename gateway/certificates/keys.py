"""Keys: the key pair that signs certificates as credentials (RS256, which Open Badges 3.0 asks of every verifier)."""

from __future__ import annotations

import hashlib
import re
import stat
import threading
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import jwt
import orjson
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey, generate_private_key
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
    load_pem_public_key,
)
from jwt.algorithms import RSAAlgorithm

from kit.own_files import written_once

ALGORITHM = "RS256"
FILE_NAME = "credential-key.pem"
NEW_KEY_BITS = 3072
LEAST_BITS = 2048  # RFC 7518, section 3.3
_FORMER = re.compile(rb"-----BEGIN PUBLIC KEY-----.*?-----END PUBLIC KEY-----", re.DOTALL)


class UnusableCredentialKey(Exception):  # noqa: N818 - a state of the file, told to the operator
    """The key file can be read by others, or is no RSA key; the text says which file and what to do."""


class CredentialKeys:
    """The present key, and the public ones of former keys, by which what was fetched earlier still verifies.

    `given` is the operator's file; where there is none, the hub's own is made in `home` at first use.
    """

    def __init__(self, given: Path | None, home: Path, address: str) -> None:
        self._given = given
        self._path = given or home / FILE_NAME
        self._address = address
        self._making = threading.Lock()

    def sign(self, payload: dict[str, Any]) -> str:
        """The payload as a JWT in compact form, always the same for the same payload; its `kid` leads to the key."""
        kid = f"{self._address}/credentials/keys/{self._thumbprint}"
        return jwt.encode(payload, self._private, algorithm=ALGORITHM, headers={"kid": kid, "typ": "JWT"})

    def public(self, thumbprint: str) -> dict[str, Any] | None:
        """The public key (JWK, RFC 7517) of this thumbprint (RFC 7638), if it is one of ours."""
        return self._published.get(thumbprint)

    def all_public(self) -> list[dict[str, Any]]:
        """The present key first, then the former ones."""
        return list(self._published.values())

    @cached_property
    def _private(self) -> RSAPrivateKey:
        with self._making:
            if not self._given and not self._path.exists():
                _create(self._path)
            return _read(self._path)

    @cached_property
    def _thumbprint(self) -> str:
        return thumbprint_of(_jwk(self._private.public_key()))

    @cached_property
    def _published(self) -> dict[str, dict[str, Any]]:
        found: dict[str, dict[str, Any]] = {}
        for key in (self._private.public_key(), *_former(self._path)):
            jwk = _jwk(key)
            thumbprint = thumbprint_of(jwk)
            kid = f"{self._address}/credentials/keys/{thumbprint}"
            found[thumbprint] = {**jwk, "kid": kid, "alg": ALGORITHM, "use": "sig"}
        return found


def thumbprint_of(jwk: dict[str, Any]) -> str:
    """The thumbprint of an RSA key (RFC 7638)."""
    said = orjson.dumps({name: jwk[name] for name in ("e", "kty", "n")})
    return jwt.utils.base64url_encode(hashlib.sha256(said).digest()).decode()


def _jwk(key: RSAPublicKey) -> dict[str, Any]:
    jwk = RSAAlgorithm.to_jwk(key, as_dict=True)
    return {name: jwk[name] for name in ("e", "kty", "n")}


def _create(path: Path) -> None:
    key = generate_private_key(public_exponent=65537, key_size=NEW_KEY_BITS)
    written_once(path, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))


def _read(path: Path) -> RSAPrivateKey:
    try:
        # a secret mounted by Kubernetes is readable by its group, which is the hub's own
        if stat.S_IMODE(path.stat().st_mode) & 0o007:
            raise UnusableCredentialKey(f"{path} can be read by others: chmod 600 it")
        key = load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError, TypeError, UnsupportedAlgorithm):
        raise UnusableCredentialKey(f"{path} is no private key that can be read (PEM)") from None
    if not isinstance(key, RSAPrivateKey) or key.key_size < LEAST_BITS:
        raise UnusableCredentialKey(f"{path} is no RSA key of {LEAST_BITS} bits or more")
    return key


def _former(path: Path) -> Sequence[RSAPublicKey]:
    keys = [load_pem_public_key(block) for block in _FORMER.findall(path.read_bytes())]
    return [key for key in keys if isinstance(key, RSAPublicKey)]
