"""Renewing: a session goes on while its tokens are renewed, as long as one token may live and unless it was ended since."""

from __future__ import annotations

import asyncio
from dataclasses import astuple, dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Self

import orjson

from console.oidc.client import Client, Granted
from gateway.viewer import Identity

EARLY = timedelta(seconds=60)
"""Before its end a token is renewed; one that lives shortly in its last quarter."""
KEPT = 20
"""Seconds for which what came of a renewal is known: other tabs come with the same one, which many issuers take once."""


@dataclass(frozen=True)
class Renewal:
    """By `token` the issuer renews what the `person` was granted, who signed in at `since`."""

    person: str
    since: float
    token: str

    @classmethod
    def read(cls, text: str | None) -> Self | None:
        """The one that was kept as this text, which nobody else can have sealed."""
        return cls(*orjson.loads(text)) if text else None

    def text(self) -> str:
        return orjson.dumps(astuple(self)).decode()

    @property
    def began(self) -> datetime:
        return datetime.fromtimestamp(self.since, UTC)


class Renewals:
    """Asks the issuer once for all who come with the same renewal."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._asked: dict[bytes, asyncio.Task[Granted]] = {}

    async def of(self, renewal: Renewal) -> Granted:
        """Raises SignInFailed."""
        key = sha256(renewal.token.encode()).digest()
        if key not in self._asked:
            self._asked[key] = task = asyncio.create_task(self._client.renewed(renewal.token))
            task.add_done_callback(lambda done: self._keep(key, done))
        return await asyncio.shield(self._asked[key])  # who goes away leaves it to the others

    def _keep(self, key: bytes, done: asyncio.Task[Granted]) -> None:
        if not done.cancelled():
            done.exception()  # seen, also where nobody waits any more
        asyncio.get_running_loop().call_later(KEPT, self._asked.pop, key, None)


def is_due(identity: Identity, now: datetime) -> bool:
    """Whether the token that stands for them is about to end."""
    if identity.expires_at is None:
        return False
    lifetime = identity.expires_at - (identity.issued_at or now)
    return identity.expires_at - now < min(EARLY, lifetime / 4)
