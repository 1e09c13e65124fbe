"""Live messages: notices that notify tells of, as they pass by the gateway."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from contracts.notify.notices import NoticeIssued
from kit.ids import new_id
from kit.wire.envelope import Envelope


def issued(recipient: str, **changes: Any) -> Envelope:
    """A notice for somebody, with whatever a test wants to be different."""
    message = NoticeIssued(notice_id=new_id(), recipient=recipient, rule="member_admitted")
    envelope = Envelope(
        id=new_id(),
        type=message.type,
        source="/notify",
        subject_type="notice",
        subject_id=message.notice_id,
        version=1,
        time=datetime.now(UTC),
        actor="",
        correlation_id=new_id(),
        data=message.data(),
    )
    return replace(envelope, **changes)
