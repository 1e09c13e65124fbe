"""Settings of sightings: how long it can be seen who has read confidential records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from environs import Env
from marshmallow.validate import Range


@dataclass(frozen=True)
class SightingSettings:
    """A sighting can be seen for so many `days`."""

    days: int

    @classmethod
    def read(cls, env: Env) -> Self:
        return cls(days=env.int("SIGHTINGS_DAYS", 1095, validate=Range(180, 36_500)))
