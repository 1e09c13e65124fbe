"""Telling: who has entered a published edition learns what it has attached; of a draft nobody does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from contracts.base import Message
from kit.data.db import Session
from kit.messages.outbox import record
from services.events.admission.entries.queries import entered
from services.events.attachments.model import Attachment
from services.events.editions.editions.model import Edition


def tell(
    session: Session,
    edition: Edition,
    attachment: Attachment,
    reason: str | None,
    message: Callable[..., Message],
    **facts: Any,
) -> None:
    """Say this of an attachment, to so many as one message names at a time."""
    about = {**edition.about, "attachment": attachment.named, "reason": reason or "", **facts}
    for some in entered(session, edition.id):
        record(session, edition, message(**about, organization_ids=some))
