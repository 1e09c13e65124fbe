"""What events says and refuses about the fields of an entry form (报名表字段) and what is answered in them."""

from __future__ import annotations

from contracts.base import Refusal
from contracts.choices import Choice


class FieldKind(Choice):
    """What is answered in a field of an entry form."""

    TEXT = "text", "A line of text (文字)."
    NUMBER = "number", "A number, as 12 or 8.5 (数字)."
    DATE = "date", "A day, as 2027-03-01 (日期)."
    CHOICE = "choice", "One of the choices (单选)."
    YES_NO = "yes_no", "`yes` or `no` (是否)."
    PHONE = "phone", "A telephone number (电话)."
    EMAIL = "email", "An address for e-mail (邮箱)."


class FieldUnknown(Refusal):
    code = "FIELD_UNKNOWN_HERE"
    zh = "本赛道报名表没有“{key}”这一项。"
    en = "The entry form of this track has no field {key}."
