"""Certificates: the alliance has a page for everybody; a member shows a certificate, which whoever has the number checks."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.alliances.cast import SECRETARY, Cast, representative
from tests.handbook.stage import Play


def show(play: Play, cast: Cast) -> None:
    """The member is on the page; its certificate is wrong, withdrawn and issued anew, and says when the member rests."""
    _look_at_the_page(play, cast)
    [quzhou] = [each["id"] for each in play.pages("Members", "", alliance=cast.alliance, status="MEMBER")]
    which = {"membershipId": quzhou}
    wrong = play.do("IssueMembershipCertificate", SECRETARY, **which)["certificate"]
    assert play.refused("IssueMembershipCertificate", SECRETARY, **which) == ["CERTIFICATE_STANDS"]
    play.do("WithdrawMembershipCertificate", SECRETARY, certificateId=wrong["id"], reason="误发")
    certificate = play.do("IssueMembershipCertificate", SECRETARY, **which)["certificate"]
    listed = play.pages("MembershipCertificates", representative("quzhou"), membership=quzhou)
    assert [each["status"] for each in listed] == ["ISSUED", "WITHDRAWN"]
    assert _check(play, wrong)["standing"] == "WITHDRAWN"
    assert "证书有效" in _page(play, f"/verify/{certificate['number']}")
    play.wait_for(play.now + timedelta(days=1))
    play.do("SuspendMember", SECRETARY, **which, reason="整改")
    assert _check(play, certificate)["standing"] == "SUSPENDED"
    play.do("ResumeMember", SECRETARY, **which)
    assert _check(play, certificate)["standing"] == "HOLDS"
    mine = representative("quzhou")
    play.until(lambda: _told(play, mine) == ["ISSUED", "ISSUED", "WITHDRAWN"], "the member was not told")


def _look_at_the_page(play: Play, cast: Cast) -> None:
    path = "/alliances" + play.ask("AlliancePage", "", alliance=cast.alliance)["pageUrl"].partition("/alliances")[2]
    assert all(said in _page(play, path) for said in ("长三角新媒体教育联盟", "衢州职业技术学院", "成员单位"))
    assert path in _page(play, "/alliances?search=新媒体")
    data = play.http("GET", "", path, headers={"accept": "application/ld+json"}).json()
    assert [each["member"]["name"][0]["@value"] for each in data["member"]] == ["衢州职业技术学院"]


def _page(play: Play, path: str) -> str:
    return play.http("GET", "", path, headers={"accept-language": "zh-CN"}).text


def _check(play: Play, certificate: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = play.ask("CheckMembershipCertificate", "", number=certificate["number"])
    return found


def _told(play: Play, person: str) -> list[str]:
    """What became of the member's certificates, as it was told, in no order: each is a subject of its own."""
    rules = [notice["rule"] for notice in play.pages("Notices", person)]
    before = "MEMBERSHIP_CERTIFICATE_"
    return [rule.removeprefix(before) for rule in sorted(rules) if rule.startswith(before)]
