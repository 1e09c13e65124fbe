"""Membership: a certificate of membership as a paper: what was so on its day, and what is so on the day of asking."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from contracts.alliances.membership.certificates import MembershipCertificateStanding
from contracts.alliances.membership.memberships import MembershipStatus
from contracts.alliances.registry.alliances import AllianceStage
from contracts.names import one_line
from gateway.certificates.membership_words import WORDS, Words
from gateway.certificates.page_words import State
from gateway.certificates.paper import Bilingual, Lines, Paper, day_en, day_zh
from gateway.locale import Locale
from kit.clock import in_china

STATES: Mapping[str, State] = {
    MembershipCertificateStanding.HOLDS: "valid",
    MembershipCertificateStanding.SUSPENDED: "suspended",
    MembershipCertificateStanding.ENDED: "ended",
    MembershipCertificateStanding.REPLACED: "replaced",
    MembershipCertificateStanding.WITHDRAWN: "withdrawn",
}
Said = Mapping[str, Any]


def paper_of_membership(said: Said) -> Paper:
    """The paper in the answer of the service; organisations are given no credential, only people are."""
    return Paper(
        state=STATES[said["standing"]],
        lines=_lines(said["certificate"]),
        rows={locale: tuple(_rows(said, locale)) for locale in WORDS},
    )


def _lines(certificate: Said) -> Lines:
    alliance, member = Bilingual.read(certificate["alliance"]), Bilingual.read(certificate["organization"])
    of_class, issued_at = Bilingual.read(certificate["member_class"]), datetime.fromisoformat(certificate["issued_at"])
    joined, day = date.fromisoformat(certificate["joined_on"]), in_china(issued_at).date()
    return Lines(
        number=certificate["number"],
        issued_at=issued_at,
        title_zh="成员证书",
        title_en="CERTIFICATE OF MEMBERSHIP",
        recipient=one_line(member.zh),
        about_recipient=((one_line(member.en), 11),),
        merit_zh=(one_line(f"自{day_zh(joined)}起加入{alliance.zh}，为该联盟"),),
        prize_zh=one_line(of_class.zh),
        merit_en=(
            one_line(of_class.en),
            one_line(f"of {alliance.en}, a member since {day_en(joined)}"),
            *_term_lines(certificate),
        ),
        issuers=((one_line(alliance.zh), one_line(alliance.en)),),
        date_zh=day_zh(day),
        date_en=day_en(day),
        verify="扫码或访问以下网址查验当日状况 Scan, or visit, to see what holds today",
    )


def _term_lines(certificate: Said) -> Iterator[str]:
    if certificate["until"]:
        yield f"任期 Term：{_term(certificate, 'zh-CN')} / {_term(certificate, 'en')}"


def _rows(said: Said, locale: Locale) -> Iterator[tuple[str, str]]:
    """What the certificate says, then what has become of it, then what is so today and differs."""
    certificate, words = said["certificate"], WORDS[locale]
    yield words.number, certificate["number"]
    yield words.member, _name(certificate["organization"], locale)
    yield words.alliance, _name(certificate["alliance"], locale)
    yield words.member_class, _name(certificate["member_class"], locale)
    yield words.joined, _day(certificate["joined_on"], locale)
    if certificate["until"]:
        yield words.term, _term(certificate, locale)
    yield words.issued, _day(_in_china(certificate["issued_at"]), locale)
    if certificate["ended_at"]:
        label = words.withdrawn if said["standing"] == MembershipCertificateStanding.WITHDRAWN else words.replaced
        yield label, _day(_in_china(certificate["ended_at"]), locale)
    yield words.today, "；".join(_today(said, words, locale))
    yield from _changed(said, words, locale)


def _today(said: Said, words: Words, locale: Locale) -> Iterator[str]:
    """How the membership stands; a member that left or was expelled is told of alike."""
    since = _day(said["status_since"], locale)
    status = said["status"]
    if status in words.status:
        yield words.status[status].format(since=since)
    else:
        yield words.over.format(since=since)
    if said["organization_closed_on"]:
        yield words.closed.format(since=_day(said["organization_closed_on"], locale))
    if said["alliance_stage"] == AllianceStage.DISSOLVED:
        yield words.dissolved.format(since=_day(said["alliance_stage_since"], locale))


def _changed(said: Said, words: Words, locale: Locale) -> Iterator[tuple[str, str]]:
    """What a certificate that is issued today would say otherwise."""
    before, now = said["certificate"], said["today"]
    if said["merged"]:
        yield words.merged, _name(now["organization"], locale)
    elif now["organization"] != before["organization"]:
        yield words.member_now, _name(now["organization"], locale)
    if now["alliance"] != before["alliance"]:
        yield words.alliance_now, _name(now["alliance"], locale)
    if said["status"] != MembershipStatus.MEMBER:
        return
    if now["member_class"] != before["member_class"]:
        yield words.class_now, _name(now["member_class"], locale)
    if now["joined_on"] != before["joined_on"]:
        yield words.joined_now, _day(now["joined_on"], locale)
    if (now["since"], now["until"]) != (before["since"], before["until"]):
        yield words.term_now, _term(now, locale) if now["until"] else words.endless


def _name(said: Said, locale: Locale) -> str:
    """In English both, for it is the Chinese name that is compared with the paper."""
    return one_line(f"{said['zh']} {said['en']}" if locale == "en" else said["zh"])


def _term(said: Said, locale: Locale) -> str:
    between = "–" if locale == "en" else "至"
    return f"{_day(said['since'], locale)}{between}{_day(said['until'], locale)}"


def _day(day: str | date, locale: Locale) -> str:
    found = date.fromisoformat(day) if isinstance(day, str) else day
    return day_en(found) if locale == "en" else day_zh(found)


def _in_china(moment: str) -> date:
    return in_china(datetime.fromisoformat(moment)).date()
