"""Settings of notices: how many of a kind one person may cause in another's inbox, and how many are told at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from environs import Env
from marshmallow.validate import Range


@dataclass(frozen=True)
class NoticeLimits:
    """So many notices of one kind by one person reach one recipient in so many seconds; what follows is gathered.

    One transaction tells `wave` people at most. Of unread notices so many are `counted`, and no more.
    """

    most_of_a_kind: int
    seconds: int
    wave: int
    counted: int

    @classmethod
    def read(cls, env: Env) -> Self:
        return cls(
            most_of_a_kind=env.int("NOTICES_OF_A_KIND", 20, validate=Range(1, 10_000)),
            seconds=env.int("NOTICES_SECONDS", 3600, validate=Range(1, 86_400)),
            wave=env.int("NOTICES_WAVE", 2000, validate=Range(1, 10_000)),
            counted=env.int("NOTICES_COUNTED", 1000, validate=Range(1, 1_000_000)),
        )
