"""What is refused about reaching people, and the languages they are written to in."""

from __future__ import annotations

from contracts.base import Refusal
from contracts.choices import Choice


class Language(Choice):
    """The language in which to write to a person."""

    ZH_CN = "zh-CN", "Chinese (简体中文)."
    EN = "en", "English."


class AddressInvalid(Refusal):
    code = "ADDRESS_INVALID"
    zh = "电子邮件地址格式不正确。"
    en = "The e-mail address does not have the right form."
