"""How organisations that a sheet names come into an alliance, and what is refused of its days."""

from __future__ import annotations

from contracts.base import Refusal
from contracts.choices import Choice


class EnterAs(Choice):
    """As what the organisations of a sheet are entered."""

    INVITED = "invited", "They are invited, and become members when they accept and are admitted."
    ADMITTED = "admitted", "They are members at once: the alliance enters members that it has already."


class RowEffect(Choice):
    """What an import does about a row."""

    INVITE = "invite", "The organisation is invited."
    ADMIT = "admit", "The organisation becomes a member."
    NOTHING = "nothing", "Nothing: the membership stands already, or is for somebody else to decide."


class DayUnreadable(Refusal):
    code = "DAY_UNREADABLE"
    zh = "“{day}”不是日期，请按 2026-12-31 的形式填写。"
    en = "“{day}” is no day; write it as 2026-12-31."
