"""Chartered: invitations sent to many, a charter with classes of its own, and the class of a member on any day."""

from __future__ import annotations

from datetime import datetime, timedelta

from tests.alliances.cast import OFFICE, SECRETARY, Cast
from tests.handbook.stage import Play

RULES = {
    "members": {"cap": 200},
    "invitations": {"days": 30},
    "classes": {
        "list": [
            {"code": "chair", "name_zh": "理事长单位", "name_en": "Chair Unit", "most": 1, "votes": 3},
            {"code": "vice_chair", "name_zh": "副理事长单位", "name_en": "Vice-Chair Unit", "most": 8, "votes": 2},
            {"code": "member", "name_zh": "成员单位", "name_en": "Member Unit", "most": None, "votes": 1},
        ]
    },
}


def invite_many(play: Play, cast: Cast) -> None:
    """Who is a member is not invited again; one invitation is withdrawn, one lapses."""
    ids = [cast.organizations[name] for name in ("jinshan", "quzhou", "wuxi")]
    invited = play.do("InviteMembers", SECRETARY, allianceId=cast.alliance, organizationIds=ids)["invitations"]
    assert [[problem["code"] for problem in each["problems"]] for each in invited] == [[], ["MEMBERSHIP_STANDS"], []]
    jinshan, wuxi = (invited[place]["membership"] for place in (0, 2))
    play.do("WithdrawInvitation", SECRETARY, membershipId=jinshan["id"], reason="误邀")
    play.wait_for(datetime.fromisoformat(wuxi["answerBy"]))
    steps = play.until(lambda: _steps(play, wuxi["id"], "LAPSED"), "the invitation did not lapse")
    assert [step["takenBy"] for step in steps][:2] == [None, f"persona:{SECRETARY}"]


def adopt(play: Play, cast: Cast) -> None:
    """The defaults count until the day from which the charter does."""
    from_day = play.today + timedelta(days=1)
    given = {"allianceId": cast.alliance, "rules": RULES, "reason": "第一届理事会通过"}
    past = (from_day - timedelta(days=2)).isoformat()
    assert play.refused("AdoptCharter", SECRETARY, **given, since=past) == ["CHARTER_TOO_EARLY"]
    adopted = play.do("AdoptCharter", SECRETARY, **given, since=from_day.isoformat())["charter"]
    assert [each["digest"] for each in play.pages("Charters", "", alliance=cast.alliance)] == [adopted["digest"]]
    numbers = [
        play.ask("Charter", "", alliance=cast.alliance, day=day.isoformat())["charter"]["number"]
        for day in (from_day - timedelta(days=1), from_day)
    ]
    assert numbers == [0, 1]
    play.wait_for(play.now + timedelta(days=1))


def put_into_classes(play: Play, cast: Cast) -> None:
    """A member is vice-chair from next month on; that it should be chair is corrected, and then taken back."""
    [quzhou] = [each["id"] for each in play.pages("Members", "", alliance=cast.alliance, status="MEMBER")]
    since = (play.today + timedelta(days=30)).isoformat()
    change = {"membershipId": quzhou, "since": since}
    play.do("SetMemberClass", SECRETARY, **change, memberClass="vice_chair")
    assert _class_on(play, quzhou, since) == "vice_chair"
    play.do("CorrectMemberClass", SECRETARY, **change, memberClass="chair", reason="登记有误")
    assert (_class_on(play, quzhou, None), _class_on(play, quzhou, since)) == ("member", "chair")
    play.do("CorrectMemberClass", SECRETARY, **change, reason="尚未决定")
    assert _class_on(play, quzhou, since) == "member"


def count(play: Play, cast: Cast) -> None:
    """Of the past day and of today; one member has left since."""
    today = play.today
    [only] = play.pages("MembersOn", "", alliance=cast.alliance, memberClass="member", region="330000")
    assert only["organization"]["id"] == cast.organizations["quzhou"]
    first = only["joinedOn"]
    assert len(play.pages("MembersOn", "", alliance=cast.alliance, day=first)) == 3
    figures = play.ask("Statistics", "", alliance=cast.alliance, day=today.isoformat())
    assert figures["members"] == sum(each["members"] for each in figures["byClass"]) == 1
    assert [each["region"]["code"] for each in figures["byProvince"]] == ["330000"]


def belong_through_others(play: Play, cast: Cast) -> None:
    """A campus belongs through its university, and the member of a sub-alliance through that."""
    today = play.today
    rules = {**RULES, "inherit": {"relations": ["campus_of"], "sub_alliances": True}}
    play.do("AdoptCharter", SECRETARY, allianceId=cast.alliance, rules=rules, reason="第二届理事会通过")
    quzhou, jinshan = cast.organizations["quzhou"], cast.organizations["jinshan"]
    names = {
        "nameZh": "衢州职业技术学院柯城校区",
        "nameEn": "Kecheng Campus",
        "region": "330802",
        "kind": "VOCATIONAL_COLLEGE",
    }
    campus = play.do("RegisterOrganization", OFFICE, **names)["organization"]["id"]
    play.do("RelateOrganizations", OFFICE, organizationId=campus, toId=quzhou, kind="CAMPUS_OF", reason="校区")
    names = {"nameZh": "长三角新媒体教育联盟短视频专委会", "nameEn": "Short Video Committee"}
    sub = play.do("FoundAlliance", OFFICE, kind="MECHANISM", **names)["alliance"]["id"]
    play.do("LinkAlliance", OFFICE, allianceId=sub, parentId=cast.alliance, reason="下设专委会")
    pair = {"allianceId": sub, "organizationId": jinshan}
    applied = play.do("ApplyForMembership", OFFICE, **pair)["membership"]["id"]
    play.do("AdmitMember", OFFICE, membershipId=applied)

    found = play.pages("AffiliatedMembers", "", alliance=cast.alliance)

    through = {each["organization"]["id"]: each["member"] or each["alliance"] for each in found}
    assert {id_: way["id"] for id_, way in through.items()} == {campus: quzhou, jinshan: sub}
    assert play.ask("Statistics", "", alliance=cast.alliance, day=today.isoformat())["affiliated"] == 2
    yesterday = (today - timedelta(days=1)).isoformat()
    assert play.pages("AffiliatedMembers", "", alliance=cast.alliance, day=yesterday) == []


def _steps(play: Play, membership: str, newest: str) -> list[dict[str, str | None]]:
    """The steps, once the newest leads here."""
    steps = play.pages("Steps", SECRETARY, membership=membership)
    return steps if steps[0]["status"] == newest else []


def _class_on(play: Play, membership: str, day: str | None) -> str:
    return str(play.ask("ClassOn", "", membership=membership, day=day)["memberClass"]["code"])
