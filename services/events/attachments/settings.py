"""Settings of attachments: how much room those of one edition may take up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from environs import Env
from marshmallow.validate import Range


@dataclass(frozen=True)
class AttachmentSettings:
    """Bytes that the attachments of one `edition` take up at most, with earlier versions that are still kept."""

    edition: int

    @classmethod
    def read(cls, env: Env) -> Self:
        return cls(edition=env.int("ATTACHMENTS_EDITION_BYTES", 1_073_741_824, validate=Range(0, 2**60)))
