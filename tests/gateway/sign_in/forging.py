"""Forging: tokens put together by hand, so that they can be wrong in ways that no library allows."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from functools import cache
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key as generate_rsa_key
from jwt.algorithms import get_default_algorithms

Sign = Callable[[bytes], bytes]


@cache
def private_key(name: str) -> Any:
    """A key that stays the same under its name; the name begins with its kind: rsa, ec or ed."""
    kinds = {
        "rsa": lambda: generate_rsa_key(65537, 2048),
        "ec": lambda: generate_private_key(SECP256R1()),
        "ed": Ed25519PrivateKey.generate,
    }
    return kinds[name.partition("-")[0]]()


def jwk(name: str, algorithm: str, **more: object) -> dict[str, Any]:
    """The public half as an issuer publishes it, with `name` as its kid."""
    public = get_default_algorithms()[algorithm].to_jwk(private_key(name).public_key(), as_dict=True)
    return {**public, "kid": name, "use": "sig", **more}


def private_jwk(name: str, algorithm: str) -> dict[str, Any]:
    """The key with its private half, as no issuer should publish it."""
    return {**get_default_algorithms()[algorithm].to_jwk(private_key(name), as_dict=True), "kid": name, "use": "sig"}


def signed_by(name: str, algorithm: str) -> Sign:
    return lambda signing_input: get_default_algorithms()[algorithm].sign(signing_input, private_key(name))


def mac(secret: bytes, digest: str = "sha256") -> Sign:
    return lambda signing_input: hmac.new(secret, signing_input, getattr(hashlib, digest)).digest()


def unsigned(_: bytes) -> bytes:
    return b""


def part(value: object) -> str:
    """A segment: bytes as they are, anything else as JSON."""
    data = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def assembled(header: object, payload: object, sign: Sign) -> str:
    signing_input = f"{part(header)}.{part(payload)}"
    return f"{signing_input}.{part(sign(signing_input.encode()))}"


def genuine(claims: dict[str, Any], name: str, algorithm: str, **header: object) -> str:
    """A token as the issuer itself would write it."""
    return jwt.encode(claims, private_key(name), algorithm=algorithm, headers={"kid": name, **header})
