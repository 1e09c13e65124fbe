"""What events says and refuses about works: the files of an entry, sent in pieces and judged without a name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from contracts.base import Message, Named, Refusal

FILE_TICKET: Final = "works.file"
"""What the ticket in the address of a file is for: {version}, or for judges {stage, code, place} and nothing else."""
FILES: Final = "/works/files"
"""Where the gateway serves them; the ticket follows."""


@dataclass(frozen=True, kw_only=True)
class WorkSubmitted(Message, type="events.work_submitted"):
    """A version of a work (作品) arrived whole: `number` counts the versions of this work, from 1.

    Neither the file's name nor its checksum is said: what is known of a work to many must not find it again among the
    works that judges see.
    """

    work_id: str
    number: int
    entry_id: str
    stage_id: str
    competition: Named
    track: Named
    organization: Named
    province: str
    edition: int
    series_id: str


@dataclass(frozen=True, kw_only=True)
class WorksDue(Message, type="events.works_due"):
    """Works are taken until `closes_at`, and entries of these organisations, at most 1,000, have handed in none."""

    phase_id: str
    competition: Named
    round: Named
    edition: int
    series_id: str
    closes_at: datetime
    organization_ids: list[str]


class WorksNotOpen(Refusal):
    code = "WORKS_NOT_OPEN"
    zh = "当前不在作品提交时间内。"
    en = "Works are not taken now."


class NotCompeting(Refusal):
    """The entry takes part in no stage whose works could be handed in."""

    code = "NOT_COMPETING"
    zh = "该报名不在参赛之列。"
    en = "This entry does not compete."


class TooManyWorks(Refusal):
    code = "TOO_MANY_WORKS"
    zh = "每个报名最多提交 {max} 件作品；请提交已有作品的新版本。"
    en = "An entry has at most {max} works; send a new version of one of them."
