"""Settings of letters: how long one can be answered, and how many an alliance sends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from environs import Env
from marshmallow.validate import Range


@dataclass(frozen=True)
class LetterSettings:
    """A letter can be answered for so many `days`, or as long as the invitation where that is shorter.

    An alliance sends `a_day` at most.
    """

    days: int
    a_day: int

    @classmethod
    def read(cls, env: Env) -> Self:
        return cls(
            days=env.int("INVITATION_LETTER_DAYS", 90, validate=Range(1, 730)),
            a_day=env.int("INVITATION_LETTERS_A_DAY", 500, validate=Range(1, 100_000)),
        )
