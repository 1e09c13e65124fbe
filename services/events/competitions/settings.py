"""How long what was done to a competition by mistake can be taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Self

from environs import Env
from marshmallow.validate import Range


@dataclass(frozen=True)
class CompetitionSettings:
    """`reinstate`: how long a competition that was cancelled can be reinstated."""

    reinstate: timedelta

    @classmethod
    def read(cls, env: Env) -> Self:
        return cls(reinstate=timedelta(days=env.int("REINSTATE_DAYS", 14, validate=Range(0, 365))))
