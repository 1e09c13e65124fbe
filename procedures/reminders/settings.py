"""Settings of reminders: how long before a date people are reminded of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Self

from environs import Env
from marshmallow.validate import Range


@dataclass(frozen=True)
class ReminderSettings:
    """Whoever has not done what is due is reminded so many `days` before; of a date that comes sooner, half way to it."""

    days: int

    @property
    def lead(self) -> timedelta:
        return timedelta(days=self.days)

    @classmethod
    def read(cls, env: Env) -> Self:
        return cls(days=env.int("REMIND_DAYS", 5, validate=Range(1, 60)))
