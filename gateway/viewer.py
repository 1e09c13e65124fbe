"""Viewer: who is asking, as a verified token says; nobody is believed without one."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol, get_args

from contracts.base import Refusal

Reason = Literal[
    "malformed",
    "header",
    "algorithm",
    "key",
    "signature",
    "issuer",
    "audience",
    "claims",
    "expired",
    "too_old",
    "ended",
    "not_yet",
]
REASONS: frozenset[str] = frozenset(get_args(Reason))


@dataclass(frozen=True)
class Identity:
    """The person or program that a token stands for; `id` is the token's subject, which lives from `issued_at` to
    `expires_at`.

    `client` is the program that it was issued to, where it says so.
    """

    id: str
    name: str | None = None
    email: str | None = None
    locale: str | None = None
    expires_at: datetime | None = None
    client: str | None = None
    issued_at: datetime | None = field(default=None, compare=False)


class InvalidToken(Refusal):
    """The token is not one that we accept (HTTP 401, RFC 6750 section 3.1).

    The caller gets the same `code` and text whatever is wrong. `reason` is for the operator's log and counters: one of
    a closed list of words, so that no part of a token can ever stand in it.
    """

    code = "INVALID_TOKEN"
    zh = "登录凭证无效或已过期，请重新登录。"
    en = "The sign-in token is not valid or has expired; please sign in again."

    def __init__(self, reason: Reason) -> None:
        super().__init__()
        self.reason = reason


class IssuerUnavailable(Exception):  # noqa: N818 - a state of the world, not a fault of ours
    """Nobody can be signed in at the moment: the issuer's keys cannot be had (HTTP 503). Trying again later helps."""

    code = "SIGN_IN_UNAVAILABLE"
    zh = "登录服务暂时不可用，请稍后再试。"
    en = "Sign-in is not available at the moment; please try again later."

    def __init__(self) -> None:
        super().__init__(self.code)


class TokenVerifier(Protocol):
    """Whatever can tell whom a token stands for."""

    async def verify(self, token: str) -> Identity:
        """The identity in the token; raises InvalidToken, or IssuerUnavailable when that cannot be told now."""
        ...
