"""Settings of sign-in: the OpenID Connect issuer whose tokens are believed, and for how long."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Self

from environs import Env
from marshmallow.validate import Range

from gateway.sign_in.jws import LONGEST_AGE


@dataclass(frozen=True)
class SignInSettings:
    """`issuer` is empty where the hub's own tokens are believed; `audience` is what the issuer calls the hub.

    `longest` is how long a token may live from its issue; whose sessions were ended is asked for every `ended_every` seconds.
    """

    issuer: str
    audience: str
    longest: timedelta = LONGEST_AGE
    ended_every: float = 30

    @classmethod
    def read(cls, env: Env) -> Self:
        return cls(
            issuer=env.str("OIDC_ISSUER", ""),
            audience=env.str("OIDC_AUDIENCE", ""),
            longest=timedelta(seconds=env.int("TOKEN_LONGEST_AGE", 43_200, validate=Range(60, 40_000_000))),
            ended_every=env.float("ENDED_SESSIONS_EVERY", 30, validate=Range(1, 600)),
        )
