"""Settings of exports of a person: how long one can be had, and how many somebody may ask for in a day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from environs import Env
from marshmallow.validate import Range


@dataclass(frozen=True)
class PersonExportSettings:
    """An export can be had for so many `days`; somebody asks for `a_day` at most."""

    days: int
    a_day: int

    @classmethod
    def read(cls, env: Env) -> Self:
        return cls(
            days=env.int("PERSON_EXPORT_DAYS", 7, validate=Range(1, 90)),
            a_day=env.int("PERSON_EXPORTS_A_DAY", 10, validate=Range(1, 1000)),
        )
