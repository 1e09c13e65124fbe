"""Own tokens: the embedded hub signs its demo personas in with its own key, and believes no other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from jwt.algorithms import OKPAlgorithm

from gateway.sign_in.jws import LONGEST_AGE, identity, key_id
from gateway.sign_in.verified_tokens import VerifiedTokens
from gateway.viewer import Identity, InvalidToken
from kit.clock import SystemClock
from kit.ids import new_id

ISSUER = "urn:delta-hub:embedded"
AUDIENCE = "urn:delta-hub:gateway"
ALGORITHM = "EdDSA"

_MACHINE = SystemClock()


class OwnTokens:
    """Issues and verifies EdDSA tokens (RFC 8037) under one key, which `gateway.sign_in.signing_key` reads."""

    def __init__(
        self,
        key: Ed25519PrivateKey,
        *,
        now: Callable[[], datetime] = _MACHINE.now,
        longest: timedelta = LONGEST_AGE,
    ) -> None:
        self._private = key
        self._public = jwt.PyJWK({**OKPAlgorithm.to_jwk(key.public_key(), as_dict=True), "alg": ALGORITHM})
        self._kid = key.public_key().public_bytes_raw().hex()[:16]
        self._now = now
        self._longest = longest
        self._verified = VerifiedTokens()

    def issue(
        self,
        persona_id: str,
        *,
        name: str | None,
        email: str | None,
        lifetime: timedelta,
        now: datetime,
        locale: str | None = None,
    ) -> str:
        """A token with which its bearer is `persona_id` until `now + lifetime`, as this hub sees it."""
        if not persona_id or lifetime <= timedelta(0):
            raise ValueError("a token needs a persona and a lifetime")
        facts = {"name": name, "email": email, "locale": locale}
        claims = {
            "iss": ISSUER,
            "aud": AUDIENCE,
            "sub": persona_id,
            "iat": now,
            "exp": now + lifetime,
            "jti": new_id(),
            **{claim: fact for claim, fact in facts.items() if fact is not None},
        }
        return jwt.encode(claims, self._private, algorithm=ALGORITHM, headers={"kid": self._kid})

    async def verify(self, token: str) -> Identity:
        """Whom this hub issued the token to; raises InvalidToken."""
        now = self._now()
        return self._verified.recall(token, now) or self._verified.remember(token, self._checked(token, now))

    def _checked(self, token: str, now: datetime) -> Identity:
        if key_id(token) != self._kid:
            raise InvalidToken("key")
        return identity(token, self._public, issuer=ISSUER, audience=AUDIENCE, now=now, longest=self._longest)
