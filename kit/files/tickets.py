"""Tickets: what one process of the hub allows the bearer of a link for a while, so that another need not ask (JWT, HS256)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import jwt

from kit.own_secret import own_secret
from kit.settings import Settings

ALGORITHM = "HS256"
FILE_NAME = "ticket-secret"


class BadTicket(Exception):  # noqa: N818
    """Not signed by this hub, meant for something else, or expired."""


class Tickets:
    """Signs and verifies under one secret. A ticket names what it is for, and holds no more than that needs."""

    def __init__(self, secret: str) -> None:
        self._secret = secret

    def sign(self, purpose: str, claims: dict[str, Any], *, until: datetime) -> str:
        """A ticket for `purpose`, good until just before `until` (whole seconds)."""
        return jwt.encode({**claims, "aud": purpose, "exp": int(until.timestamp())}, self._secret, ALGORITHM)

    def verify(self, ticket: str, purpose: str, *, now: datetime) -> dict[str, Any]:
        """What a ticket for `purpose` holds; raises BadTicket. `now` is the hub's time, which a test may have moved."""
        options: Any = {"require": ["aud", "exp"], "verify_exp": False, "strict_aud": True}
        try:
            claims: dict[str, Any] = jwt.decode(ticket, self._secret, [ALGORITHM], options=options, audience=purpose)
            expires_at = datetime.fromtimestamp(claims["exp"], UTC)
        except (jwt.InvalidTokenError, TypeError, ValueError, OverflowError, OSError):
            raise BadTicket from None
        if now >= expires_at:
            raise BadTicket
        return claims


def tickets_of(settings: Settings) -> Tickets:
    """The hub's tickets: under HUB_TICKET_SECRET, or a secret of its own in a file of its home, made at first use."""
    return Tickets(settings.ticket_secret or own_secret(settings.home, FILE_NAME))
