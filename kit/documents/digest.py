"""Digest: what a document of JSON values comes to, the same on every machine and in every language (RFC 8785, SHA-256)."""

from __future__ import annotations

import hashlib
from typing import Any

import rfc8785


def digest(document: Any) -> str:
    """The SHA-256 of the canonical form of a document, in hexadecimal digits."""
    return hashlib.sha256(rfc8785.dumps(document)).hexdigest()
