"""OIDC: tokens of any OpenID Connect issuer, verified with the keys that it publishes and no others."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import httpx
import jwt

from gateway.sign_in.discovery import FETCH_TIMEOUT, Keys
from gateway.sign_in.issuer_keys import IssuerKeys
from gateway.sign_in.jws import LONGEST_AGE, identity, key_id
from gateway.sign_in.verified_tokens import VerifiedTokens
from gateway.viewer import Identity, InvalidToken
from kit.clock import SystemClock

_MACHINE = SystemClock()


class OidcTokens:
    """Verifies the tokens that `issuer` gives out for `audience`; raises ValueError for an issuer that is not https.

    Nothing is fetched until the first token comes. What was verified is remembered as long as the set of keys that
    verified it, so that a key which the issuer withdraws takes its tokens with it.
    """

    def __init__(
        self,
        issuer: str,
        audience: str,
        *,
        http: httpx.AsyncClient,
        now: Callable[[], datetime] = _MACHINE.now,
        timeout: timedelta = FETCH_TIMEOUT,
        longest: timedelta = LONGEST_AGE,
    ) -> None:
        if not audience:
            raise ValueError("an audience is needed: without one, tokens for others would be accepted")
        self._issuer = issuer
        self._audience = audience
        self._now = now
        self._longest = longest
        self._published = IssuerKeys(issuer, http=http, now=now, timeout=timeout)
        self._keys: Keys = {}
        self._verified = VerifiedTokens()

    async def verify(self, token: str) -> Identity:
        """Whom the issuer gave the token to; raises InvalidToken or IssuerUnavailable."""
        kid = key_id(token)
        try:
            return self._checked(token, kid, await self._published.current())
        except InvalidToken as refused:
            if refused.reason != "key":
                raise
        return self._checked(token, kid, await self._published.newest())

    def _checked(self, token: str, kid: str | None, keys: Keys) -> Identity:
        if keys is not self._keys:
            self._keys, self._verified = keys, VerifiedTokens()
        now = self._now()
        return self._verified.recall(token, now) or self._verified.remember(token, self._proven(token, kid, keys, now))

    def _proven(self, token: str, kid: str | None, keys: Keys, now: datetime) -> Identity:
        key = _key(kid, keys)
        try:
            return identity(token, key, issuer=self._issuer, audience=self._audience, now=now, longest=self._longest)
        except InvalidToken as refused:
            if kid is None and refused.reason == "signature":
                raise InvalidToken("key") from None  # the issuer may have changed its one key
            raise


def _key(kid: str | None, keys: Keys) -> jwt.PyJWK:
    if kid is None:
        # OpenID Connect Core 1.0, section 10.1: only an issuer with a single key may leave its id out
        if len(keys) != 1:
            raise InvalidToken("header")
        (kid,) = keys
    if kid not in keys:
        raise InvalidToken("key")
    return keys[kid]
