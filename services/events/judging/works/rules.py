"""Rules of works: what files are taken, how large, how many, and for how long their links and those withdrawn are kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import marshmallow

from contracts.forms import listing, whole
from contracts.uploads import LARGEST
from procedures.uploads.rules import FileRules, FilesForm, extensions

MOST_ROOM = 2**53 - 1


@dataclass(frozen=True, kw_only=True)
class WorksRules(FileRules):
    """The section `works`, of files as every section about them says it, and beside that:

    An entry has `per_entry` works in a stage at most; of each the newest `versions` are kept. Judges are told the first of
    `size_classes` (bytes) that a file fits into. Where `person_bytes` and `edition_bytes` are said, files of one person and
    of the edition have no more room than that, and never more than the hub allows. What is deleted after `erase_days` are
    the files of a withdrawn entry, and of one that has a place in a result not before that is final since `result_days`, or
    where that is not said since `erase_days`.
    """

    per_entry: int
    versions: int
    size_classes: tuple[int, ...]
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


class WorksForm(FilesForm[WorksRules]):
    """The section `works`."""

    name = "works"

    per_entry = whole(min=1, max=20)
    versions = whole(min=1, max=20)
    size_classes = listing(whole(min=1, max=LARGEST), max=20)
    result_days = whole(min=0, max=3_650, required=False)
    person_bytes = whole(min=1, max=MOST_ROOM, required=False)
    edition_bytes = whole(min=1, max=MOST_ROOM, required=False)

    @marshmallow.post_load
    def works(self, data: dict[str, Any], **_: Any) -> WorksRules:
        sizes = tuple(sorted(data["size_classes"]))
        return WorksRules(**{**data, "media_types": extensions(data), "size_classes": sizes})
