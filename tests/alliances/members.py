"""Members: every way into an alliance and out of it, and where each stood on a past day."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.alliances.cast import SECRETARY, Cast, representative
from tests.handbook.stage import Play


def come_and_go(play: Play, cast: Cast) -> None:
    """One is invited, two apply and one of them is declined; a member rests and resumes, another leaves, one is expelled."""
    quzhou, jiashan = invite(play, cast, "quzhou"), apply(play, cast, "jiashan")
    jinshan, wuxi = apply(play, cast, "jinshan"), apply(play, cast, "wuxi")
    play.do("StartReview", SECRETARY, membershipId=jiashan)
    play.do("ReturnApplication", SECRETARY, membershipId=jiashan, reason="请说明拟参加的项目")
    corrected = play.do(
        "CorrectApplication", representative("jiashan"), membershipId=jiashan, statement="参加社区教育项目"
    )
    assert corrected["membership"]["status"] == "APPLIED"
    for membership in (jiashan, wuxi):
        play.do("AdmitMember", SECRETARY, membershipId=membership)
    play.do("DeclineMembership", SECRETARY, membershipId=jinshan, reason="材料不全")
    yesterday = play.today
    play.wait_for(play.now + timedelta(days=1))
    play.do("SuspendMember", SECRETARY, membershipId=quzhou, reason="整改")
    assert _status_on(play, quzhou, yesterday) == "MEMBER"
    play.do("ResumeMember", SECRETARY, membershipId=quzhou)
    play.do("WithdrawMember", representative("jiashan"), membershipId=jiashan, reason="机构调整")
    play.do("ExpelMember", SECRETARY, membershipId=wuxi, reason="长期不参加活动")
    assert members(play, cast) == {cast.organizations["quzhou"]}
    assert [each["status"] for each in play.pages("MyMemberships", representative("wuxi"))] == ["EXPELLED"]


def invite(play: Play, cast: Cast, name: str) -> str:
    """The membership of one that was invited, said yes and was admitted."""
    invited = play.do("InviteMember", SECRETARY, allianceId=cast.alliance, organizationId=cast.organizations[name])[
        "membership"
    ]["id"]
    play.do("AcceptInvitation", representative(name), membershipId=invited)
    play.do("AdmitMember", SECRETARY, membershipId=invited)
    return str(invited)


def apply(play: Play, cast: Cast, name: str) -> str:
    """The membership of one that applied."""
    pair = {"allianceId": cast.alliance, "organizationId": cast.organizations[name]}
    return str(play.do("ApplyForMembership", representative(name), **pair)["membership"]["id"])


def members(play: Play, cast: Cast) -> set[str]:
    """The organisations that are members now, as everybody sees them."""
    return members_of(play, cast.alliance)


def members_of(play: Play, alliance: str) -> set[str]:
    nodes = play.pages("Members", "", alliance=alliance, status="MEMBER")
    return {node["organization"]["id"] for node in nodes}


def _status_on(play: Play, membership: str, day: Any) -> str:
    return str(play.ask("StatusOn", SECRETARY, membership=membership, day=day.isoformat())["statusOn"]["status"])
