"""How attachments look from outside: to everybody, to their organisers, and to the gateway that gives one out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from services.events.attachments.model import Attachment, AttachmentFile

Address = Callable[[Attachment, AttachmentFile], str | None]
"""Where a file can be fetched by whoever looks, if it can."""


def attachment_view(attachment: Attachment, address: Address) -> dict[str, Any]:
    """An attachment with the file that is shown, and those before it."""
    newest, *earlier = (_version_view(attachment, each, address) for each in attachment.files)
    return {
        "id": attachment.id,
        "competition_id": attachment.edition_id,
        "name_zh": attachment.name_zh,
        "name_en": attachment.name_en,
        "removed_at": attachment.removed_at,
        "file": newest,
        "earlier": earlier,
    }


def _version_view(attachment: Attachment, file: AttachmentFile, address: Address) -> dict[str, Any]:
    return {
        "version": file.number,
        "name": file.name,
        "media_type": file.media_type,
        "size": file.size,
        "sha256": file.sha256,
        "reason": file.reason,
        "completed_at": file.completed_at,
        "url": address(attachment, file),
    }


def file_view(file: AttachmentFile) -> dict[str, Any]:
    """What the gateway needs to give it out."""
    return {"key": file.key, "name": file.name, "media_type": file.media_type, "size": file.size}
