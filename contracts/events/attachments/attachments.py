"""What events says and refuses about the attachments (附件) of an edition: the files that its organisers add to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from contracts.base import Message, Named, Refusal
from contracts.events.editions.competitions import AboutEdition

ATTACHMENT_TICKET: Final = "attachments.file"
"""What the ticket in the address of an attachment is for: {file, past}."""
ATTACHMENTS: Final = "/attachments/files"
"""Where the gateway gives attachments out; the ticket follows."""


@dataclass(frozen=True, kw_only=True)
class AboutAttachment(AboutEdition):
    """What every message about an attachment says; `attachment` has its id and its names from now on.

    Drafts have no `reason`. `organization_ids` are those that have entered a published edition, at most 1,000 in one
    message; the next message has the next ones.
    """

    attachment: Named
    reason: str
    organization_ids: list[str]


@dataclass(frozen=True, kw_only=True)
class AttachmentAdded(AboutAttachment, Message, type="events.attachment_added"):
    """An edition has one attachment more, or has one again that had been removed."""

    file: str


@dataclass(frozen=True, kw_only=True)
class AttachmentReplaced(AboutAttachment, Message, type="events.attachment_replaced"):
    """An attachment has another file from this version on."""

    file: str
    number: int


@dataclass(frozen=True, kw_only=True)
class AttachmentRenamed(AboutAttachment, Message, type="events.attachment_renamed"):
    """An attachment is called otherwise; its file is the same."""

    before: Named


@dataclass(frozen=True, kw_only=True)
class AttachmentRemoved(AboutAttachment, Message, type="events.attachment_removed"):
    """An edition does not have this attachment any more."""


@dataclass(frozen=True, kw_only=True)
class AttachmentsOrdered(AboutEdition, Message, type="events.attachments_ordered"):
    """The attachments of an edition stand in another order: that of `attachment_ids`."""

    attachment_ids: list[str]


class TooManyAttachments(Refusal):
    code = "TOO_MANY_ATTACHMENTS"
    zh = "一项赛事最多有{max}个附件（含正在上传的）；请先删除不需要的，或替换已有的附件。"
    en = "A competition has at most {max} attachments, with those on their way; remove one, or replace one."


class AttachmentStorageFull(Refusal):
    """The files of this edition have no more room; `used`, `left` and `max` are bytes."""

    code = "ATTACHMENT_STORAGE_FULL"
    zh = (
        "本届赛事的附件（含保留期内的旧版本）已占用 {used} 字节，上限 {max} 字节，剩余 {left} 字节，放不下这个文件。"
        "请先删除不需要的附件，或压缩文件。"
    )
    en = (
        "The attachments of this edition, with earlier versions that are still kept, take up {used} of {max} bytes; "
        "{left} are left, and this file has more. Remove what is not needed, or send a smaller file."
    )


class AttachmentGone(Refusal):
    code = "ATTACHMENT_REMOVED"
    zh = "该附件已删除；如需使用，请先恢复（restoreAttachment），或重新上传。"
    en = "This attachment was removed; restore it first (restoreAttachment), or attach the file anew."


class AttachmentStands(Refusal):
    code = "ATTACHMENT_STANDS"
    zh = "该附件没有删除，无需恢复。"
    en = "This attachment was not removed."


class AttachmentErased(Refusal):
    code = "ATTACHMENT_ERASED"
    zh = "该附件的文件已按规定期限清除，不能恢复；请重新上传。"
    en = "The file of this attachment has been deleted in its time and cannot be restored; attach it anew."


class NotAllAttachments(Refusal):
    code = "NOT_ALL_ATTACHMENTS"
    zh = "请按新的顺序列出本赛事现有的全部附件，每个一次；共{count}个。"
    en = "List all attachments that the competition has now in their new order, each once; there are {count}."
