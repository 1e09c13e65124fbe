"""Verified tokens: what was proven once need not be proven again while the token lives."""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime
from hashlib import sha256

from gateway.viewer import Identity


class VerifiedTokens:
    """The last `limit` identities by the digest of their token; no token is kept itself."""

    def __init__(self, limit: int = 4_096) -> None:
        self._limit = limit
        self._identities: OrderedDict[bytes, Identity] = OrderedDict()

    def __len__(self) -> int:
        return len(self._identities)

    def recall(self, token: str, now: datetime) -> Identity | None:
        """The identity that this very token proved, until it expires."""
        digest = _digest(token)
        known = self._identities.get(digest)
        if known is None:
            return None
        if known.expires_at is None or known.expires_at <= now:
            del self._identities[digest]
            return None
        self._identities.move_to_end(digest)
        return known

    def remember(self, token: str, identity: Identity) -> Identity:
        """Keep it, and let the one asked for least recently go when there are too many."""
        self._identities[_digest(token)] = identity
        if len(self._identities) > self._limit:
            self._identities.popitem(last=False)
        return identity


def _digest(token: str) -> bytes:
    return sha256(token.encode("utf-8", "surrogatepass")).digest()
