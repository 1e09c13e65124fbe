"""Endpoints: where the issuer signs people in, gives out tokens and ends sessions, asked for again every now and then."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import httpx

from gateway.sign_in.discovery import FETCH_TIMEOUT, Endpoints, IssuerFault, published_endpoints
from gateway.sign_in.issuer_keys import FRESH, REFRESH_INTERVAL
from gateway.viewer import IssuerUnavailable
from kit.clock import SystemClock
from kit.telemetry.logs import log

_MACHINE = SystemClock()


class IssuerEndpoints:
    """Those of one issuer. While it is away the last ones serve, and it is asked no more often than its keys are."""

    def __init__(self, issuer: str, http: httpx.AsyncClient) -> None:
        self._issuer = issuer
        self._http = http
        self._found: Endpoints | None = None
        self._again = datetime.min.replace(tzinfo=_MACHINE.now().tzinfo)
        self._one = asyncio.Lock()

    async def current(self) -> Endpoints:
        """Raises IssuerUnavailable."""
        async with self._one:
            if _MACHINE.now() >= self._again:
                self._again = _MACHINE.now() + await self._fetched()
        if self._found is None:
            raise IssuerUnavailable
        return self._found

    async def _fetched(self) -> timedelta:
        """Ask, and after how long to ask again."""
        try:
            async with asyncio.timeout(FETCH_TIMEOUT.total_seconds()):
                self._found = await published_endpoints(self._http, self._issuer)
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError, IssuerFault) as error:
            log(__name__).warning("the issuer's endpoints were not found", error=type(error).__name__)
            return REFRESH_INTERVAL
        return FRESH
