"""What is said and refused of the classes of members."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from contracts.base import Message, Named, Refusal


@dataclass(frozen=True, kw_only=True)
class MemberClassChanged(Message, type="alliances.member_class_changed"):
    """A member is in another class (成员类别) from a day on; `corrected` where what was set before was a mistake.

    The id of a class is its code in the charter.
    """

    membership_id: str
    alliance: Named
    organization: Named
    member_class: Named
    since: date
    reason: str
    corrected: bool


class ClassUnknown(Refusal):
    code = "CLASS_UNKNOWN"
    zh = "当日施行的章程没有“{member_class}”这一成员类别。"
    en = "The charter in force on that day has no class “{member_class}”."


class ClassFull(Refusal):
    code = "CLASS_FULL"
    zh = "“{member_class}”最多{most}个，已经满额。"
    en = "There can be {most} of the class “{member_class}”, and there are."


class ClassOverlaps(Refusal):
    """Another class begins on that day or later; what is wrong there is corrected, not overlaid."""

    code = "CLASS_OVERLAPS"
    zh = "该成员自{since}起已另有类别，新类别须在其后开始；如属误设，请先更正。"
    en = "The member has another class from {since} on. A new one begins later; correct that one if it is wrong."


class ClassNotSet(Refusal):
    code = "CLASS_NOT_SET"
    zh = "没有自{since}起设定的成员类别。"
    en = "No class was set from {since} on."
