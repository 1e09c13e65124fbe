"""How many rows of rankings a process of events remembers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from environs import Env
from marshmallow.validate import Range


@dataclass(frozen=True)
class ScoringSettings:
    """`ranked_rows`: rows of all rankings that are remembered together, the last one always; about a kilobyte each."""

    ranked_rows: int

    @classmethod
    def read(cls, env: Env) -> Self:
        return cls(ranked_rows=env.int("RANKED_ROWS", 50_000, validate=Range(0, 10_000_000)))
