"""What notify says and refuses: notices."""

from __future__ import annotations

from dataclasses import dataclass

from contracts.base import Message, Refusal


@dataclass(frozen=True, kw_only=True)
class NoticeIssued(Message, type="notify.notice_issued"):
    """A notice lies in somebody's inbox; what it says is asked for by those who may read it."""

    notice_id: str
    recipient: str
    rule: str


class AddressInvalid(Refusal):
    code = "ADDRESS_INVALID"
    zh = "电子邮件地址格式不正确。"
    en = "The e-mail address does not have the right form."
