"""Settings of the console: the secrets of its cookies, and as which client people are sent to sign in at the issuer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from environs import Env
from marshmallow import ValidationError
from marshmallow.validate import OneOf

from kit.environment import SECRET


@dataclass(frozen=True)
class ConsoleSettings:
    """The first of `secrets` seals cookies, all of them open some; where there are none, a file in the hub's home has one.

    At the issuer the hub is `client_id`, a confidential client where there is a `client_secret`. It asks for `scopes`; of what it
    is given the `bearer` is the token that opens the hub.
    """

    secrets: tuple[str, ...]
    client_id: str
    client_secret: str
    scopes: str
    bearer: str

    @classmethod
    def read(cls, env: Env) -> Self:
        return cls(
            secrets=tuple(env.list("SESSION_SECRET", [], validate=_check_secrets) or ()),
            client_id=env.str("OIDC_CLIENT_ID", ""),
            client_secret=env.str("OIDC_CLIENT_SECRET", ""),
            scopes=env.str("OIDC_SCOPES", "openid profile email"),
            bearer=env.str("OIDC_BEARER", "access_token", validate=OneOf(["access_token", "id_token"])),
        )


def _check_secrets(secrets: Sequence[str]) -> None:
    """Each is worth the name."""
    if not all(secret and re.match(SECRET, secret) for secret in secrets):
        raise ValidationError("each secret has 32 characters or more, and secrets are separated by commas")
