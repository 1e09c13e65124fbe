"""What notify says and refuses: notices, and how their readers are reached."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from contracts.base import Message, Refusal


class Language(StrEnum):
    """In which language a person is written to."""

    ZH_CN = "zh-CN"
    EN = "en"


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
