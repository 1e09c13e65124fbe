"""Settings of persons: how many affiliations one may have on record, and how long a name is needed after the last role."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from environs import Env
from marshmallow.validate import Range


@dataclass(frozen=True)
class PeopleSettings:
    """One person has so many `affiliations` on record at most, past ones counted.

    Who held a role stays known by name for so many `days` after it, for those who ask who decided.
    """

    affiliations: int
    days: int

    @classmethod
    def read(cls, env: Env) -> Self:
        return cls(
            affiliations=env.int("AFFILIATIONS", 50, validate=Range(1, 1000)),
            days=env.int("PERSON_KEPT_DAYS", 1095, validate=Range(0, 36_500)),
        )
