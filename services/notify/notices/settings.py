"""Settings of notices: how many of a kind one person may cause in another's inbox."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from environs import Env
from marshmallow.validate import Range


@dataclass(frozen=True)
class NoticeLimits:
    """So many notices of one kind by one person reach one recipient in so many seconds; what follows is gathered."""

    most_of_a_kind: int
    seconds: int

    @classmethod
    def read(cls, env: Env) -> Self:
        return cls(
            most_of_a_kind=env.int("NOTICES_OF_A_KIND", 20, validate=Range(1, 10_000)),
            seconds=env.int("NOTICES_SECONDS", 3600, validate=Range(1, 86_400)),
        )
