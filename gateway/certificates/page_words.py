"""Page words: the texts of the page of verification, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from gateway.locale import Locale

State = Literal["valid", "suspended", "ended", "replaced", "withdrawn", "unknown", "away", "ask", "unprintable"]


@dataclass(frozen=True, slots=True)
class Words:
    """The texts of the page in one language."""

    hub: str
    title: str
    states: Mapping[State, str]
    explained: Mapping[State, str]
    number: str
    recipient: str
    members: str
    advisers: str
    organization: str
    competition: str
    track: str
    prize: str
    entry: str
    issuers: str
    issued: str
    withdrawn: str
    ground: str
    lacking: str
    pdf: str
    credential: str
    check: str


WORDS: Mapping[Locale, Words] = {
    "zh-CN": Words(
        hub="长三角教育协作枢纽",
        title="证书查验",
        states={
            "valid": "证书有效",
            "suspended": "资格现已暂停",
            "ended": "资格现已终止",
            "replaced": "证书已换发",
            "withdrawn": "证书已撤销",
            "unknown": "没有此证书",
            "away": "暂时无法查验",
            "ask": "请输入证书编号",
            "unprintable": "证书有效，但暂不能打印",
        },
        explained={
            "valid": "请将下列内容与证书逐项核对；如有出入，以本页为准。",
            "suspended": "证书所载内容在颁发之日属实，但该成员资格现已暂停。",
            "ended": "证书所载内容在颁发之日属实，但今日已不再成立。",
            "replaced": "颁发单位已换发新的证书，此证书不再使用；请向持证单位索取新证书编号。",
            "withdrawn": "此证书已被颁发单位撤销，不再有效。",
            "unknown": "请核对编号是否完整、准确。本枢纽没有颁发过此编号的证书。",
            "away": "查验服务暂时不可用，请稍后再试。",
            "ask": "编号印在证书左下角。",
            "unprintable": "名称中有本枢纽字体所缺的字，为免缺字，不予打印。本页所载名称完整、有效；请与颁发单位联系。",
        },
        number="证书编号",
        recipient="获奖者",
        members="队员",
        advisers="指导教师",
        organization="单位",
        competition="赛事",
        track="赛道",
        prize="奖项",
        entry="指导的获奖者",
        issuers="颁发单位",
        issued="颁发日期",
        withdrawn="撤销日期",
        ground="撤销原因",
        lacking="字体所缺的字",
        pdf="下载证书（PDF）",
        credential="电子凭证（Open Badges 3.0）",
        check="查验",
    ),
    "en": Words(
        hub="Yangtze River Delta Education Hub",
        title="Certificate verification",
        states={
            "valid": "This certificate is valid",
            "suspended": "What it attests is suspended today",
            "ended": "What it attests is at an end",
            "replaced": "This certificate was replaced",
            "withdrawn": "This certificate was withdrawn",
            "unknown": "There is no such certificate",
            "away": "This cannot be checked at the moment",
            "ask": "Enter the number of a certificate",
            "unprintable": "This certificate is valid but cannot be printed yet",
        },
        explained={
            "valid": "Compare what follows with the certificate; where they differ, this page counts.",
            "suspended": "What it says was so on the day of its issue, but the membership is suspended today.",
            "ended": "What it says was so on the day of its issue, but it is so no longer.",
            "replaced": "A newer one was issued in its place; please ask its holder for the new number.",
            "withdrawn": "Those who issued it have withdrawn it; it is no longer valid.",
            "unknown": "Please check the number. The hub has not issued a certificate of this number.",
            "away": "Please try again in a moment.",
            "ask": "It is printed at the lower left of the certificate.",
            "unprintable": "No font here has all letters of the name, and none is left out. This page has the whole name "
            "and is valid; please turn to those who issued it.",
        },
        number="Certificate number",
        recipient="Recipient",
        members="Members",
        advisers="Advisers",
        organization="Institution",
        competition="Competition",
        track="Track",
        prize="Award",
        entry="Advised",
        issuers="Issued by",
        issued="Issued on",
        withdrawn="Withdrawn on",
        ground="Reason",
        lacking="Letters that no font has",
        pdf="Download the certificate (PDF)",
        credential="Credential (Open Badges 3.0)",
        check="Verify",
    ),
}
