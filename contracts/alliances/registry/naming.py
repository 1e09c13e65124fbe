"""What is refused of the names of an organisation or alliance by their days."""

from __future__ import annotations

from contracts.base import Refusal


class FirstNameStands(Refusal):
    code = "FIRST_NAME_STANDS"
    zh = "这是最早的名称，不能撤销；名称有误请更正。"
    en = "This is the first name and cannot be struck out; correct it instead."


class NoNameSince(Refusal):
    code = "NO_NAME_SINCE"
    zh = "没有自该日起使用的名称。"
    en = "No name begins on this day."
