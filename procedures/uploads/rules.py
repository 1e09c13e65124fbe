"""Rules of files: what types are taken, how large, in what pieces, and for how long links and what is over are kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

import marshmallow

from contracts.base import Refusal
from contracts.forms import Input, listing, nested, verbatim, whole
from contracts.refusals import Invalid
from contracts.uploads import LARGEST, FileTooLarge, MediaTypeNotTaken, MediaTypeRuns
from kit.documents.rulebook import Section

RUN = frozenset(
    {
        *("text/html", "application/xhtml+xml", "image/svg+xml", "text/xml", "application/xml", "text/css"),
        *("text/javascript", "application/javascript", "application/ecmascript", "application/x-shockwave-flash"),
    }
)
"""Types of files whose content acts in the browser that shows them."""
MOST_PIECES = 10_000
MINUTES_A_MONTH = 60 * 24 * 31


@dataclass(frozen=True, kw_only=True)
class FileRules:
    """What a rulebook says of files.

    `media_types` gives the extension of each type that is taken; each file has `bytes` at most. It comes in pieces of
    `piece_bytes`, in an upload that ends after `upload_minutes`, so many `uploads` at a time. The link to a file holds for
    `link_minutes`; what is over is deleted after `erase_days`.
    """

    media_types: Mapping[str, str]
    bytes: int
    piece_bytes: int
    uploads: int
    upload_minutes: int
    link_minutes: int
    erase_days: int

    def check(self, media_type: str, size: int) -> None:
        """Refuses with MediaTypeNotTaken or FileTooLarge."""
        if media_type not in self.media_types:
            raise MediaTypeNotTaken("mediaType", choices=", ".join(self.media_types))
        if size > self.bytes:
            raise FileTooLarge("size", max=self.bytes)

    def expiry(self, now: datetime) -> datetime:
        """When an upload that begins now ends, in whole seconds, as its ticket says it."""
        return (now + timedelta(minutes=self.upload_minutes)).replace(microsecond=0)


Files = TypeVar("Files", bound=FileRules)


class MediaTypeForm(Input):
    type = verbatim(max=100, pattern=r"[a-z0-9.+-]+/[a-z0-9.+-]+\Z")
    extension = verbatim(max=10, pattern=r"[a-z0-9]+\Z")


class FilesForm(Section[Files]):
    """What every section about files asks for; its own makes the rules of what was read."""

    media_types = listing(nested(MediaTypeForm), min=1, max=50)
    bytes = whole(min=1, max=LARGEST)
    piece_bytes = whole(min=1, max=64 * 1024 * 1024)
    uploads = whole(min=1, max=1_000)
    upload_minutes = whole(min=1, max=MINUTES_A_MONTH)
    link_minutes = whole(min=1, max=MINUTES_A_MONTH)
    erase_days = whole(min=0, max=3_650)

    @marshmallow.validates_schema
    def no_end_of_pieces(self, data: dict[str, Any], **_: Any) -> None:
        if data["bytes"] > MOST_PIECES * data["piece_bytes"]:
            raise marshmallow.ValidationError(Invalid.code, "piece_bytes")

    def new(self, rules: Files) -> Iterator[Refusal]:
        """Nothing that a browser runs: whoever fetches a file opens it where they are signed in."""
        for place, media_type in enumerate(rules.media_types):
            if media_type in RUN:
                yield MediaTypeRuns(f"media_types.{place}.type", type=media_type)


def extensions(data: dict[str, Any]) -> dict[str, str]:
    """The extension of each type that is taken."""
    return {each["type"]: each["extension"] for each in data["media_types"]}
