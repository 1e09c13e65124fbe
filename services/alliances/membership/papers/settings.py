"""Settings of papers: how much room those of one organisation may take up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from environs import Env
from marshmallow.validate import Range


@dataclass(frozen=True)
class PaperSettings:
    """Bytes that the papers of one `organization` take up at most, those of all its applications together."""

    organization: int

    @classmethod
    def read(cls, env: Env) -> Self:
        return cls(organization=env.int("PAPERS_ORGANIZATION_BYTES", 1_073_741_824, validate=Range(0, 2**60)))
