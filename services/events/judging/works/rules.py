"""Rules of works: what files are taken, how large, how many, and for how long their links and those withdrawn are kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import marshmallow

from contracts.base import Refusal
from contracts.events.judging.works_forms import LARGEST
from contracts.forms import Input, listing, nested, verbatim, whole
from contracts.refusals import Invalid
from contracts.uploads import MediaTypeRuns
from kit.documents.rulebook import Section

RUN = frozenset(
    {
        *("text/html", "application/xhtml+xml", "image/svg+xml", "text/xml", "application/xml", "text/css"),
        *("text/javascript", "application/javascript", "application/ecmascript", "application/x-shockwave-flash"),
    }
)
"""Types of files whose content acts in the browser that shows them."""
MOST_PIECES = 10_000
MOST_ROOM = 2**53 - 1
MINUTES_A_MONTH = 60 * 24 * 31


@dataclass(frozen=True, kw_only=True)
class WorksRules:
    """The section `works`.

    `media_types` gives the extension of each type that is taken. An entry has `per_entry` works in a stage at most, each
    of `bytes` at most; of each the newest `versions` are kept. A file comes in pieces of `piece_bytes`, in an upload that
    ends after `upload_minutes`; an entry has `uploads` of them at a time. The link to a file holds for `link_minutes`.
    Judges are told the first of `size_classes` (bytes) that a file fits into. What belongs to a withdrawn entry is
    deleted after `erase_days`, and where it has a place in a result not before that is final since `result_days`, or where
    that is not said since `erase_days`. Where `person_bytes` and `edition_bytes` are said, files of one person and of the
    edition have no more room than that, and never more than the hub allows.
    """

    media_types: Mapping[str, str]
    bytes: int
    per_entry: int
    versions: int
    piece_bytes: int
    uploads: int
    upload_minutes: int
    link_minutes: int
    size_classes: tuple[int, ...]
    erase_days: int
    result_days: int | None = None
    person_bytes: int | None = None
    edition_bytes: int | None = None

    @property
    def days_after_result(self) -> int:
        """How long the files of an entry with a place are kept, from the final result on."""
        return self.erase_days if self.result_days is None else self.result_days

    def size_class(self, size: int) -> int:
        """The number of bytes that a file of this size does not exceed, as coarse as the rules want it."""
        return next((bound for bound in self.size_classes if size <= bound), self.bytes)


class MediaTypeForm(Input):
    type = verbatim(max=100, pattern=r"[a-z0-9.+-]+/[a-z0-9.+-]+\Z")
    extension = verbatim(max=10, pattern=r"[a-z0-9]+\Z")


class WorksForm(Section[WorksRules]):
    """The section `works`."""

    name = "works"

    media_types = listing(nested(MediaTypeForm), min=1, max=50)
    bytes = whole(min=1, max=LARGEST)
    per_entry = whole(min=1, max=20)
    versions = whole(min=1, max=20)
    piece_bytes = whole(min=1, max=64 * 1024 * 1024)
    uploads = whole(min=1, max=1_000)
    upload_minutes = whole(min=1, max=MINUTES_A_MONTH)
    link_minutes = whole(min=1, max=MINUTES_A_MONTH)
    size_classes = listing(whole(min=1, max=LARGEST), max=20)
    erase_days = whole(min=0, max=3_650)
    result_days = whole(min=0, max=3_650, required=False)
    person_bytes = whole(min=1, max=MOST_ROOM, required=False)
    edition_bytes = whole(min=1, max=MOST_ROOM, required=False)

    @marshmallow.validates_schema
    def no_end_of_pieces(self, data: dict[str, Any], **_: Any) -> None:
        if data["bytes"] > MOST_PIECES * data["piece_bytes"]:
            raise marshmallow.ValidationError(Invalid.code, "piece_bytes")

    @marshmallow.post_load
    def works(self, data: dict[str, Any], **_: Any) -> WorksRules:
        types = {each["type"]: each["extension"] for each in data["media_types"]}
        return WorksRules(**{**data, "media_types": types, "size_classes": tuple(sorted(data["size_classes"]))})

    def new(self, rules: WorksRules) -> Iterator[Refusal]:
        """Nothing that a browser runs: judges and the public open works where they are signed in."""
        for place, media_type in enumerate(rules.media_types):
            if media_type in RUN:
                yield MediaTypeRuns(f"media_types.{place}.type", type=media_type)
