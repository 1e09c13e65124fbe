"""Settings of invitations to a role: how long one can be accepted, and how many may be open on a scope."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from environs import Env
from marshmallow.validate import Range


@dataclass(frozen=True)
class InvitationSettings:
    """An invitation can be accepted for so many `days`; on one scope `most` are open at once."""

    days: int
    most: int

    @classmethod
    def read(cls, env: Env) -> Self:
        return cls(
            days=env.int("ROLE_INVITATION_DAYS", 14, validate=Range(1, 365)),
            most=env.int("ROLE_INVITATIONS", 50, validate=Range(1, 1000)),
        )
