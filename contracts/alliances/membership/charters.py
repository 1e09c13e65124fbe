"""What is said and refused of charters: an alliance's rules for its members."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from contracts.base import Message, Named, Refusal


@dataclass(frozen=True, kw_only=True)
class CharterAdopted(Message, type="alliances.charter_adopted"):
    """An alliance has a charter (章程), or a new version of it, which is in force from a day on."""

    charter_id: str
    alliance: Named
    number: int
    since: date
    digest: str
    reason: str


class CharterTooEarly(Refusal):
    """Rules that were in force on past days are never changed."""

    code = "CHARTER_TOO_EARLY"
    zh = "章程不能自过去的日期起施行，最早可自{earliest}起施行。"
    en = "A charter cannot come into force in the past; the earliest day is {earliest}."


class CapBelowMembers(Refusal):
    code = "CAP_BELOW_MEMBERS"
    zh = "联盟现有成员{members}个，成员上限不能定为{cap}个。"
    en = "The alliance has {members} members now; the most cannot be {cap}."


class ClassInUse(Refusal):
    code = "CLASS_IN_USE"
    zh = "仍有成员属于“{member_class}”类别，章程不能没有这一类别。"
    en = "There are members of the class “{member_class}”; the charter cannot go without it."
