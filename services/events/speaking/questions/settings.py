"""Settings of questions: how many a person asks in a day, how long they are, how often an answer is corrected."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from environs import Env
from marshmallow.validate import Range

from contracts.events.speaking.questions_forms import LONGEST


@dataclass(frozen=True)
class QuestionLimits:
    """A person asks `a_day` questions in a day of China, of `characters` each; an answer has so many `versions`."""

    a_day: int
    characters: int
    versions: int

    @classmethod
    def read(cls, env: Env) -> Self:
        return cls(
            a_day=env.int("QUESTIONS_A_DAY", 10, validate=Range(1, 1000)),
            characters=env.int("QUESTION_CHARACTERS", 2000, validate=Range(1, LONGEST)),
            versions=env.int("ANSWER_VERSIONS", 20, validate=Range(1, 100)),
        )
