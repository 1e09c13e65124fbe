"""Settings of papers: how much room those of one organisation may take up, and those of the whole hub."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from environs import Env
from marshmallow.validate import Range

LARGEST = 2**60


@dataclass(frozen=True)
class PaperSettings:
    """Bytes that the papers of one `organization` take up at most, those of all its applications together.

    Those of all organisations of the `hub` take up so many.
    """

    organization: int
    hub: int

    @classmethod
    def read(cls, env: Env) -> Self:
        return cls(
            organization=env.int("PAPERS_ORGANIZATION_BYTES", 1_073_741_824, validate=Range(0, LARGEST)),
            hub=env.int("PAPERS_HUB_BYTES", 549_755_813_888, validate=Range(0, LARGEST)),
        )
