"""Settings of memberships: by when an application is dealt with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Self

from environs import Env
from marshmallow.validate import Range


@dataclass(frozen=True)
class MembershipSettings:
    """An application is dealt with within `application_days`, as its agenda tells the secretariat."""

    application_days: int

    @property
    def application_time(self) -> timedelta:
        return timedelta(days=self.application_days)

    @classmethod
    def read(cls, env: Env) -> Self:
        return cls(application_days=env.int("MEMBERSHIP_APPLICATION_DAYS", 30, validate=Range(1, 366)))
