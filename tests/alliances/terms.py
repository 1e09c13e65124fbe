"""Terms: forty members whose year ends together are told, 37 are renewed, three fall into grace and one of these lapses."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from kit.clock import CHINA
from tests.alliances.cast import OFFICE, SECRETARY, Cast, representative
from tests.alliances.chartered import RULES
from tests.handbook.stage import Play

MEMBERS, RENEWED, LATE = 40, 37, 2


def speak_for_a_member(play: Play, cast: Cast) -> None:
    """The member names who votes; a second naming takes over, is a mistake, and is taken back."""
    [quzhou] = [each["id"] for each in play.pages("Members", "", alliance=cast.alliance, status="MEMBER")]
    today, mine = play.today, representative("quzhou")
    named = {"membershipId": quzhou, "kind": "VOTING"}
    assert play.refused("NameDelegate", mine, **named, name="王立", since=today.isoformat()) == [
        "DELEGATE_NOT_AFFILIATED"
    ]
    for name in ("王立", "李立"):
        play.do("RegisterPerson", mine, organizationId=cast.organizations["quzhou"], nameZh=name, position="副院长")
    first = play.do("NameDelegate", mine, **named, name="王立", position="副院长", since=today.isoformat())["delegate"]
    later = (today + timedelta(days=10)).isoformat()
    wrong = play.do("NameDelegate", SECRETARY, **named, name="李立", since=later)["delegate"]
    assert _delegates(play, quzhou, later) == ["李立"]
    play.do("EndDelegate", SECRETARY, delegateId=wrong["id"], until=today.isoformat(), reason="误填")
    play.do("EndDelegate", mine, delegateId=first["id"], until=(today + timedelta(days=999)).isoformat())
    assert _delegates(play, quzhou, later) == ["王立"]


def run_out(play: Play) -> None:
    """A year of an alliance of forty, from the admission to the one that lapses."""
    alliance, secretary = _alliance(play)
    memberships = [_member(play, alliance, number) for number in range(MEMBERS)]
    until = date.fromisoformat(_term(play, memberships[0])["until"])
    assert (until.month, until.day) == (12, 31)
    _go_to(play, until - timedelta(days=300))  # a token does not last for the whole way
    assert _board(play, alliance, "RENEWAL_DUE") == []
    _go_to(play, until - timedelta(days=90))
    due = play.until(lambda: _told(play, secretary, "RENEWAL_DUE", MEMBERS), "not all were told")
    assert due == MEMBERS == len(_board(play, alliance, "RENEWAL_DUE"))
    next_year = until + timedelta(days=366)
    for membership in memberships[:RENEWED]:
        play.do("RenewMembership", secretary, membershipId=membership, until=next_year.isoformat())
    _go_to(play, until + timedelta(days=1))
    play.until(lambda: _told(play, secretary, "GRACE_BEGAN", MEMBERS - RENEWED), "grace did not begin")
    assert len(_board(play, alliance, "IN_GRACE")) == MEMBERS - RENEWED
    for membership in memberships[RENEWED : RENEWED + LATE]:
        play.do("RenewMembership", secretary, membershipId=membership, until=next_year.isoformat())
    wrong = {"membershipId": memberships[RENEWED], "reason": "登记有误"}
    play.do("CorrectTerm", secretary, **wrong, until=(next_year + timedelta(days=1)).isoformat())
    _go_to(play, until + timedelta(days=31))
    [lapsed] = play.until(lambda: _board(play, alliance, "LAPSED"), "nothing lapsed")
    assert lapsed["id"] == memberships[-1]
    assert len(play.pages("Members", "", alliance=alliance, status="MEMBER")) == MEMBERS - 1
    assert _term(play, memberships[-1], until + timedelta(days=30))["standing"] == "IN_GRACE"


def _alliance(play: Play) -> tuple[str, str]:
    secretary = "terms-secretary"
    alliance = play.do(
        "FoundAlliance",
        OFFICE,
        kind="UNIVERSITY_ALLIANCE",
        nameZh="长三角终身教育联盟",
        nameEn="YRD Lifelong Education Alliance",
        secretariat=f"persona:{secretary}",
    )["alliance"]["id"]
    rules = {**RULES, "terms": {"years": 1, "at_year_end": True}}
    play.do("AdoptCharter", secretary, allianceId=alliance, rules=rules, reason="成员大会通过")
    return alliance, secretary


def _member(play: Play, alliance: str, number: int) -> str:
    names = {"nameZh": f"第{number}开放大学", "nameEn": f"Open University {number}"}
    organization = play.do("RegisterOrganization", OFFICE, **names, region="310115", kind="UNIVERSITY")["organization"]
    pair = {"allianceId": alliance, "organizationId": organization["id"]}
    applied = play.do("ApplyForMembership", OFFICE, **pair, statement="愿共建终身学习体系")["membership"]["id"]
    play.do("AdmitMember", OFFICE, membershipId=applied)
    return str(applied)


def _go_to(play: Play, day: date) -> None:
    play.wait_for(datetime.combine(day, time(9), CHINA))


def _told(play: Play, person: str, rule: str, least: int) -> int:
    """How many notices of this rule a person has, once there are so many."""
    count = sum(notice["rule"] == rule for notice in play.pages("Notices", person))
    return count if count >= least else 0


def _board(play: Play, alliance: str, standing: str) -> list[Any]:
    return play.pages("Renewals", OFFICE, alliance=alliance, standing=standing)


def _term(play: Play, membership: str, day: date | None = None) -> dict[str, Any]:
    found: dict[str, Any] = play.ask("TermOn", OFFICE, membership=membership, day=day and day.isoformat())["term"]
    return found


def _delegates(play: Play, membership: str, day: str) -> list[str]:
    found = play.ask("DelegatesOn", SECRETARY, membership=membership, day=day)["delegates"]
    return [each["name"] for each in found if each["kind"] == "VOTING"]
