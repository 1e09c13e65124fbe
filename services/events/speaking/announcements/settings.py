"""Settings of announcements: to how many one is said at a time, and how many a competition makes in a day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from environs import Env
from marshmallow.validate import Range


@dataclass(frozen=True)
class AnnouncementLimits:
    """One message names `wave` hearers at most; a competition has `a_day` announcements said in 24 hours."""

    wave: int
    a_day: int

    @classmethod
    def read(cls, env: Env) -> Self:
        return cls(
            wave=env.int("ANNOUNCEMENTS_WAVE", 500, validate=Range(1, 1000)),
            a_day=env.int("ANNOUNCEMENTS_A_DAY", 20, validate=Range(1, 10_000)),
        )
