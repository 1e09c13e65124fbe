"""Settings of agreements: from how many provinces the participants of a project come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from environs import Env
from marshmallow.validate import Range


@dataclass(frozen=True)
class AgreementSettings:
    """`provinces` is the least number of provinces (省市) whose institutions a cooperation project joins."""

    provinces: int

    @classmethod
    def read(cls, env: Env) -> Self:
        return cls(provinces=env.int("PROJECT_PROVINCES", 2, validate=Range(1, 34)))
