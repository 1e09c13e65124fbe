"""What notices say."""

from __future__ import annotations

from dataclasses import dataclass

from contracts.base import Message


@dataclass(frozen=True, kw_only=True)
class NoticeIssued(Message, type="notify.notice_issued"):
    """A notice lies in somebody's inbox; what it says is asked for by those who may read it."""

    notice_id: str
    recipient: str
    rule: str
