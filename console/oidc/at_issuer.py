"""At issuer: people sign in at the OpenID Connect issuer and come back; their sessions here are renewed until they end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from starlette.requests import Request
from starlette.responses import Response

from console.oidc.client import Client, Granted, SignInFailed
from console.oidc.flight import LARGEST, SECONDS
from console.oidc.renewing import Renewal, Renewals, is_due
from console.sessions import Sessions, TooLarge
from gateway.executor import Executor
from gateway.viewer import Identity, InvalidToken, IssuerUnavailable
from kit.telemetry.logs import log

LARGEST_RENEWAL = 2_500
"""Characters of its cookie: with the other two it has to fit into one header, HUB_HEADER_LINE."""


class AtIssuer:
    """`longest` is how long a session goes on from its sign-in: as long as it is remembered whose sessions were ended."""

    def __init__(
        self, client: Client, secrets: Sequence[str], *, secure: bool, longest: timedelta, now: Callable[[], datetime]
    ) -> None:
        self.client = client
        self.flights = Sessions(*secrets, secure=secure, use="flight", largest=LARGEST, seconds=SECONDS)
        self._sessions = Sessions(*secrets, secure=secure)
        self._kept = Sessions(*secrets, secure=secure, use="renewal", largest=LARGEST_RENEWAL)
        self._renewals = Renewals(client)
        self._longest = longest
        self._now = now

    def keep(self, response: Response, identity: Identity, granted: Granted, began: datetime | None = None) -> None:
        """A new session, or one that began before and goes on. Raises TooLarge where the token does not fit into a cookie.

        Without a renewal, or where that does not fit, the session ends with its token.
        """
        self._sessions.keep(response, granted.bearer)
        since = (began or identity.issued_at or self._now()).timestamp()
        try:
            if granted.renewal:
                self._kept.keep(response, Renewal(identity.id, since, granted.renewal).text())
        except TooLarge as large:
            log(__name__).warning("sessions end with their tokens: a refresh token is too large", size=str(large))

    def end(self, response: Response) -> None:
        """Of the three cookies none is left."""
        for each in (self._sessions, self._kept, self.flights):
            each.end(response)

    async def renewed(self, request: Request, identity: Identity | None, executor: Executor) -> Renewed | None:
        """What goes on in place of a session that is about to end, or has ended by itself; None where there is nothing to do.

        No cookie is taken where this fails: another gateway may just have renewed the same session for another tab.
        """
        if identity and not is_due(identity, self._now()):
            return None
        renewal = Renewal.read(self._kept.read(request))
        if renewal is None or self._now() - renewal.began > self._longest:
            return None
        try:
            granted = await self._renewals.of(renewal)
            known = await executor.known(granted.bearer, renewal.began)
        except (SignInFailed, InvalidToken, IssuerUnavailable):
            return None
        return Renewed(self, known, granted, renewal.began) if known.id == renewal.person else None


class Renewed:
    """A session that goes on: for whom, and what its answer has to keep."""

    def __init__(self, way: AtIssuer, identity: Identity, granted: Granted, began: datetime) -> None:
        self._way = way
        self.identity = identity
        self._granted = granted
        self._began = began

    def keep(self, response: Response) -> None:
        try:
            self._way.keep(response, self.identity, self._granted, self._began)
        except TooLarge as large:
            log(__name__).error("a session ends: the token is too large for a cookie", size=str(large))
