"""Membership words: what the page of verification says of a certificate of membership, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from contracts.alliances.membership.memberships import MembershipStatus
from gateway.locale import Locale


@dataclass(frozen=True, slots=True)
class Words:
    """The texts in one language; `status` has those statuses that are told apart, `over` is said of all others."""

    number: str
    member: str
    alliance: str
    member_class: str
    joined: str
    term: str
    issued: str
    replaced: str
    withdrawn: str
    today: str
    status: Mapping[str, str]
    over: str
    closed: str
    dissolved: str
    merged: str
    member_now: str
    alliance_now: str
    class_now: str
    joined_now: str
    term_now: str
    endless: str


WORDS: Mapping[Locale, Words] = {
    "zh-CN": Words(
        number="证书编号",
        member="成员单位",
        alliance="联盟",
        member_class="成员类别",
        joined="加入日期",
        term="任期",
        issued="颁发日期",
        replaced="换发日期",
        withdrawn="撤销日期",
        today="今日状况",
        status={
            MembershipStatus.MEMBER: "是该联盟成员",
            MembershipStatus.SUSPENDED: "成员资格自{since}起暂停",
            MembershipStatus.LAPSED: "任期届满未续，自{since}起不再是成员",
        },
        over="曾为成员，至{since}",
        closed="单位已于{since}停办",
        dissolved="联盟已于{since}终止",
        merged="已并入",
        member_now="单位现名",
        alliance_now="联盟现名",
        class_now="现成员类别",
        joined_now="最近加入日期",
        term_now="现任期",
        endless="无固定期限",
    ),
    "en": Words(
        number="Certificate number",
        member="Member",
        alliance="Alliance",
        member_class="Class",
        joined="Joined on",
        term="Term",
        issued="Issued on",
        replaced="Replaced on",
        withdrawn="Withdrawn on",
        today="Today",
        status={
            MembershipStatus.MEMBER: "It is a member of the alliance",
            MembershipStatus.SUSPENDED: "The membership is suspended since {since}",
            MembershipStatus.LAPSED: "The term ended without a renewal; it is no member since {since}",
        },
        over="It was a member until {since}",
        closed="The organisation was closed on {since}",
        dissolved="The alliance was dissolved on {since}",
        merged="Merged into",
        member_now="Name today",
        alliance_now="The alliance today",
        class_now="Class today",
        joined_now="Joined again on",
        term_now="Term today",
        endless="Without a fixed end",
    ),
}
