"""Rules of attachments: what files are taken, how large, how many, and for how long they are kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import marshmallow

from contracts.events.attachments.attachments_forms import MOST
from contracts.forms import whole
from procedures.uploads.rules import FileRules, FilesForm, extensions


@dataclass(frozen=True, kw_only=True)
class AttachmentRules(FileRules):
    """The section `attachments`, of files as every section about them says it, and beside that:

    An edition has at `most` so many. What is deleted after `erase_days` are files that were replaced or removed; all go
    `keep_days` after entries have closed, the last phase is over and the newest file has come.
    """

    most: int
    keep_days: int

    def link_until(self, now: datetime) -> datetime:
        """Until when a link that is given now holds: the same moment for the whole of an hour, so that pages stay alike."""
        return now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1, minutes=self.link_minutes)


class AttachmentsForm(FilesForm[AttachmentRules]):
    """The section `attachments`."""

    name = "attachments"

    most = whole(min=1, max=MOST)
    keep_days = whole(min=1, max=36_500)

    @marshmallow.post_load
    def attachments(self, data: dict[str, Any], **_: Any) -> AttachmentRules:
        return AttachmentRules(**{**data, "media_types": extensions(data)})
