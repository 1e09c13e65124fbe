"""Settings of mergers: for how long one can be undone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from environs import Env
from marshmallow.validate import Range


@dataclass(frozen=True)
class MergerSettings:
    """A merger can be undone within `unmerge_days`."""

    unmerge_days: int

    @classmethod
    def read(cls, env: Env) -> Self:
        return cls(unmerge_days=env.int("UNMERGE_DAYS", 30, validate=Range(1, 3660)))
