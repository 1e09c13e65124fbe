"""Settings of works: how much room their files may take up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from environs import Env
from marshmallow.validate import Range

LARGEST = 2**60


@dataclass(frozen=True)
class WorksSettings:
    """Bytes that the files of one `person`, of one `edition` and of the whole `hub` take up at most.

    The rules of an edition may allow less, never more.
    """

    person: int
    edition: int
    hub: int

    @classmethod
    def read(cls, env: Env) -> Self:
        return cls(
            person=env.int("WORKS_PERSON_BYTES", 53_687_091_200, validate=Range(0, LARGEST)),
            edition=env.int("WORKS_EDITION_BYTES", 1_099_511_627_776, validate=Range(0, LARGEST)),
            hub=env.int("WORKS_HUB_BYTES", 4_398_046_511_104, validate=Range(0, LARGEST)),
        )
