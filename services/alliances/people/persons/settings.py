"""Settings of persons: how many affiliations one person may have on record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from environs import Env
from marshmallow.validate import Range


@dataclass(frozen=True)
class PeopleSettings:
    """One person has so many `affiliations` on record at most, past ones counted."""

    affiliations: int

    @classmethod
    def read(cls, env: Env) -> Self:
        return cls(affiliations=env.int("AFFILIATIONS", 50, validate=Range(1, 1000)))
