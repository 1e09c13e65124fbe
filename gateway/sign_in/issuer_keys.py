"""Issuer keys: the public keys of an OpenID Connect issuer, kept fresh without ever asking it too often."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

import httpx
import structlog

from gateway.sign_in.discovery import FETCH_TIMEOUT, IssuerFault, Keys, is_safe, published_keys
from gateway.viewer import IssuerUnavailable

REFRESH_INTERVAL = timedelta(seconds=10)  # no two attempts lie closer together, whatever the tokens say
FRESH = timedelta(minutes=5)  # after which the set is renewed in the background: so long a withdrawn key lives
LAST_RESORT = timedelta(hours=1)  # so long the last set serves while the issuer is away

_log = structlog.get_logger(__name__)


class IssuerKeys:
    """The signing keys of one issuer by `kid`; a set is replaced as a whole, so that its identity tells its age."""

    def __init__(
        self,
        issuer: str,
        *,
        http: httpx.AsyncClient,
        now: Callable[[], datetime],
        timeout: timedelta = FETCH_TIMEOUT,
    ) -> None:
        if not is_safe(issuer) or {"?", "#"} & set(issuer):
            raise ValueError("an issuer is an https address without query (http only on this machine)")
        self._issuer = issuer
        self._http = http
        self._now = now
        self._timeout = timeout.total_seconds()
        self._keys: Keys = {}
        self._tried_at: datetime | None = None
        self._fetched_at: datetime | None = None
        self._refreshing: asyncio.Task[None] | None = None

    async def current(self) -> Keys:
        """The keys in force; waits for the issuer only when there are none. Raises IssuerUnavailable."""
        if not self._within(LAST_RESORT, self._fetched_at):
            await self._refresh()
            if not self._within(LAST_RESORT, self._fetched_at):
                raise IssuerUnavailable
        elif not self._within(FRESH, self._fetched_at):
            self._begin_refresh()
        return self._keys

    async def newest(self) -> Keys:
        """The keys of the last REFRESH_INTERVAL, for a token whose key is not in force; raises IssuerUnavailable."""
        await self._refresh()
        if self._fetched_at is None or self._fetched_at != self._tried_at:
            raise IssuerUnavailable
        return self._keys

    def _within(self, span: timedelta, moment: datetime | None) -> bool:
        # a clock that was set back must not hold up a refresh until it catches up
        return moment is not None and timedelta(0) <= self._now() - moment < span

    async def _refresh(self) -> None:
        self._begin_refresh()
        if self._refreshing is not None:
            await asyncio.shield(self._refreshing)  # the caller may go away, the others still wait for it

    def _begin_refresh(self) -> None:
        if self._refreshing is None and not self._within(REFRESH_INTERVAL, self._tried_at):
            self._tried_at = self._now()
            self._refreshing = asyncio.create_task(self._fetch(self._tried_at))

    async def _fetch(self, started: datetime) -> None:
        try:
            async with asyncio.timeout(self._timeout):
                self._keys = await published_keys(self._http, self._issuer)
            self._fetched_at = started
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError, IssuerFault) as error:
            _log.warning("issuer_keys_not_fetched", issuer=self._issuer, error=type(error).__name__, detail=str(error))
        finally:
            self._refreshing = None
