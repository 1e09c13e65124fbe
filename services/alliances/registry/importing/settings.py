"""Settings of importing: how long a sheet may be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from environs import Env
from marshmallow.validate import Range


@dataclass(frozen=True)
class ImportSettings:
    """`rows` of one file of organisations or members."""

    rows: int

    @classmethod
    def read(cls, env: Env) -> Self:
        return cls(rows=env.int("IMPORT_ROWS", 2_000, validate=Range(1, 5_000)))
