"""Settings of agreements: from how many provinces participants come, and how long they are asked and a project is reopened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from environs import Env
from marshmallow.validate import Range


@dataclass(frozen=True)
class AgreementSettings:
    """`provinces` is the least number of provinces (省市) whose institutions a cooperation project joins;
    an organisation that is asked to take part has `answer_days` to answer; a closed project can be reopened for `reopen_days`.
    """

    provinces: int
    answer_days: int
    reopen_days: int

    @classmethod
    def read(cls, env: Env) -> Self:
        return cls(
            provinces=env.int("PROJECT_PROVINCES", 2, validate=Range(1, 34)),
            answer_days=env.int("PROJECT_ANSWER_DAYS", 30, validate=Range(1, 366)),
            reopen_days=env.int("PROJECT_REOPEN_DAYS", 90, validate=Range(0, 3660)),
        )
