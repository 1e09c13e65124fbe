"""Ended sessions: the people whose earlier tokens count no more; heard of by message, and asked for at the start.

A message may be missed while the broker is away, so what came since is asked for again every now and then.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from marshmallow import ValidationError

from contracts.alliances.authority.sessions import SessionsEnded, session_key
from gateway.rpc import Faulty, Refused
from gateway.viewer import Identity
from kit.broker.bus import Unavailable
from kit.telemetry.logs import log
from kit.wire.envelope import Envelope

AGAIN = 1.0  # seconds until the list is asked for once more that could not be had
OVERLAP = timedelta(minutes=10)  # what is asked for anew: clocks differ, and transactions end later than they begin
PAGE = 100

Ask = Callable[..., Awaitable[Any]]
"""Asks alliances for a page of `ended_sessions`."""
Close = Callable[[], None]


class EndedSessions:
    """Kept as long as a token may live (`longest`): an older one has expired by itself."""

    def __init__(self, longest: timedelta, now: Callable[[], datetime]) -> None:
        self._longest = longest
        self._now = now
        self._ended: dict[str, datetime] = {}
        self._open: dict[str, dict[Close, datetime]] = {}

    def __len__(self) -> int:
        return len(self._ended)

    def refuses(self, identity: Identity) -> bool:
        """Whether the sessions of this person were ended after the token was issued."""
        ended_at = self._ended.get(session_key(identity.id))
        return ended_at is not None and (identity.issued_at is None or identity.issued_at <= ended_at)

    def watch(self, identity: Identity, close: Close) -> Close:
        """Have `close` called when the sessions of this person end; what is returned stops that."""
        key = session_key(identity.id)
        self._open.setdefault(key, {})[close] = identity.issued_at or datetime.min.replace(tzinfo=self._now().tzinfo)

        def leave() -> None:
            watching = self._open.get(key, {})
            watching.pop(close, None)
            if not watching:
                self._open.pop(key, None)

        return leave

    def hear(self, envelope: Envelope) -> None:
        """A message that passes by."""
        try:
            message = envelope.message()
        except (KeyError, ValidationError):
            return
        if isinstance(message, SessionsEnded):
            self._note(session_key(message.person), message.ended_at)

    @asynccontextmanager
    async def followed(self, ask: Ask, every: float) -> AsyncIterator[None]:
        """While this is entered, the list is asked for at once and then again after so many seconds."""
        task = asyncio.create_task(self._follow(ask, every))
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def load(self, ask: Ask, since: datetime) -> None:
        """Ask for all that were ended since; raises Unavailable, Refused or Faulty."""
        after: str | None = None
        while True:
            page = await ask(since=since.isoformat(), first=PAGE, after=after)
            for node in page["nodes"]:
                self._note(node["key"], datetime.fromisoformat(node["ended_at"]))
            if not page["has_next"]:
                return
            after = page["cursors"][-1]

    async def _follow(self, ask: Ask, every: float) -> None:
        since = self._now() - self._longest
        while True:
            began, pause = self._now(), every
            try:
                await self.load(ask, since)
                since = began - OVERLAP
            except (Unavailable, Refused, Faulty) as error:
                log(__name__).warning("whose sessions were ended is not known", error=type(error).__name__)
                pause = AGAIN
            await asyncio.sleep(pause)

    def _note(self, key: str, ended_at: datetime) -> None:
        oldest = self._now() - self._longest
        if ended_at < oldest or ended_at <= self._ended.get(key, oldest):
            return
        self._ended.pop(key, None)
        self._ended[key] = ended_at
        for known, at in list(islice(self._ended.items(), 2)):  # each that comes lets two go that are over
            if at < oldest:
                del self._ended[known]
        for close, issued_at in list(self._open.get(key, {}).items()):
            if issued_at <= ended_at:
                close()
