"""Settings of sign-in: the OpenID Connect issuer whose tokens are believed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from environs import Env


@dataclass(frozen=True)
class SignInSettings:
    """`issuer` is empty where the hub's own tokens are believed; `audience` is what the issuer calls the hub."""

    issuer: str
    audience: str

    @classmethod
    def read(cls, env: Env) -> Self:
        return cls(issuer=env.str("OIDC_ISSUER", ""), audience=env.str("OIDC_AUDIENCE", ""))
