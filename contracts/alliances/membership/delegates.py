"""What is said and refused of delegates: who speaks for a member in its alliance."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from contracts.base import Message, Named, Refusal
from contracts.choices import Choice


class DelegateKind(Choice):
    """What somebody does for a member in its alliance (代表类别)."""

    VOTING = "voting", "Votes for the member (代表人); a member has one on a day."
    ALTERNATE = "alternate", "Stands in for the one who votes (替补代表)."
    LIAISON = "liaison", "Keeps in touch with the secretariat (联络员)."
    EXPERT = "expert", "Is sent for what they know (专家)."


DELEGATE_WORDS = {
    DelegateKind.VOTING: ("代表人", "voting delegate"),
    DelegateKind.ALTERNATE: ("替补代表", "alternate"),
    DelegateKind.LIAISON: ("联络员", "liaison"),
    DelegateKind.EXPERT: ("专家", "expert"),
}
"""What each is called, in Chinese and in English."""


@dataclass(frozen=True, kw_only=True)
class DelegateNamed(Message, type="alliances.delegate_named"):
    """A member has named somebody who speaks for it from a day on; `people` is that person, where they can sign in."""

    delegate_id: str
    membership_id: str
    alliance: Named
    organization: Named
    kind: str
    since: date
    people: list[str]


@dataclass(frozen=True, kw_only=True)
class DelegateEnded(Message, type="alliances.delegate_ended"):
    """Somebody speaks for a member through this day and no longer; a day before the first takes the naming back.

    `left` where nobody has said so: they work for the member through this day and no longer.
    """

    delegate_id: str
    membership_id: str
    alliance: Named
    organization: Named
    kind: str
    until: date
    reason: str
    people: list[str]
    left: bool = False


class DelegateNotAffiliated(Refusal):
    """Who votes for a member, or stands in, works for it: nobody, or more than one, is found who does."""

    code = "DELEGATE_NOT_AFFILIATED"
    zh = "代表人须在该成员单位任职：{since}没有唯一对应的任职记录。请先登记其在该单位的任职，或者按人员记录（personId）指定。"
    en = (
        "A delegate works for the member, and on {since} no one person is on record who does. "
        "Register their affiliation there first, or name them by their record (personId)."
    )


class DelegateOverlaps(Refusal):
    """Somebody else votes for the member on one of these days."""

    code = "DELEGATE_OVERLAPS"
    zh = "该成员自{since}起已另有代表人，须先行终止。"
    en = "Somebody else votes for the member from {since} on; that has to end first."
