"""Correcting: two schools that were entered with faults are put right, renamed, related, merged, and all of it is undone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.alliances.cast import OFFICE, SECRETARY, Cast
from tests.handbook.stage import Play

SPEAKER = "of-tunxi"


def correct(play: Play, cast: Cast) -> None:
    old = register(play, "屯溪师专学院", "341002", representative=f"persona:{SPEAKER}")
    other = register(play, "徽州师范学校", "341004")
    put_right(play, old)
    rename(play, old)
    close(play, old)
    relate(play, other, old)
    succeed(play, other, old)
    reach(play, cast, old)
    seen = [each["what"] for each in play.pages("OrganizationHistory", SPEAKER, organization=old)]
    assert seen[:4] == ["REGISTERED", "CORRECTED", "PRESENTED", "RENAMED"]
    assert len(seen) >= 10


def register(play: Play, name: str, region: str, **more: Any) -> str:
    given = {"kind": "SECONDARY_SCHOOL", "nameZh": name, "nameEn": f"{name} in English", "region": region}
    id_: str = play.do("RegisterOrganization", OFFICE, **given, **more)["organization"]["id"]
    return id_


def put_right(play: Play, old: str) -> None:
    right = {"kind": "VOCATIONAL_COLLEGE", "nameZh": "屯溪师专", "reason": "录入有误"}
    assert play.do("ChangeOrganization", OFFICE, organizationId=old, **right)["organization"]["nameZh"] == "屯溪师专"
    own = {"website": "https://www.hsu.edu.cn", "textZh": "在黄山。"}
    assert play.do("ChangeOrganization", SPEAKER, organizationId=old, **own)["organization"]["textZh"] == "在黄山。"
    assert play.refused("ChangeOrganization", SPEAKER, organizationId=old, kind="MEDIA", reason="?") == ["NOT_ALLOWED"]


def rename(play: Play, old: str) -> None:
    names = {"nameZh": "黄山学院", "nameEn": "Huangshan University", "since": "2002-03-01", "reason": "教育部批复"}
    play.do("RenameOrganization", OFFICE, organizationId=old, **names)
    [found] = play.pages("FindOrganizations", "", search="屯溪师专")
    assert (found["id"], found["nameZh"]) == (old, "黄山学院")
    on = play.ask("OrganizationOn", "", id=old, day="2002-02-28")
    assert (on["nameOn"]["nameZh"], on["nameZh"]) == ("屯溪师专", "黄山学院")
    day = play.today + timedelta(days=20)
    names = {"nameZh": "黄山大学", "nameEn": "University of Huangshan", "since": str(day), "reason": "更名大学"}
    assert play.do("RenameOrganization", OFFICE, organizationId=old, **names)["organization"]["nameZh"] == "黄山学院"
    play.wait_for(play.now + timedelta(days=21))
    play.until(lambda: play.ask("OrganizationOn", "", id=old, day=str(day))["nameZh"] == "黄山大学", "not renamed")
    struck = play.do("WithdrawOrganizationName", OFFICE, organizationId=old, since=str(day), reason="未获批准")
    assert [each["nameZh"] for each in struck["organization"]["names"]] == ["屯溪师专", "黄山学院"]


def close(play: Play, old: str) -> None:
    moved = play.do("MoveOrganization", OFFICE, organizationId=old, region="341021", reason="新校区")
    assert moved["organization"]["region"]["code"] == "341021"
    day = play.today + timedelta(days=10)
    ahead = {"organizationId": old, "since": str(day), "reason": "迁往新区"}
    planned = play.do("MoveOrganization", OFFICE, **ahead, region="341004")["organization"]
    assert (planned["region"]["code"], planned["plannedMove"]["region"]["code"]) == ("341021", "341004")
    stays = play.do("WithdrawOrganizationMove", OFFICE, organizationId=old, reason="暂缓")["organization"]
    assert stays["plannedMove"] is None
    today = str(play.today)
    closed = play.do("RetireOrganization", OFFICE, organizationId=old, on=today, reason="误办")
    assert closed["organization"]["status"] == "INACTIVE"
    assert (
        play.do("ReopenOrganization", OFFICE, organizationId=old, reason="误办")["organization"]["status"] == "ACTIVE"
    )


def relate(play: Play, lower: str, upper: str) -> None:
    which = {"kind": "SUBORDINATE_TO", "reason": "隶属关系"}
    relation = play.do("RelateOrganizations", OFFICE, organizationId=lower, toId=upper, **which)["relation"]
    assert relation["organization"]["superior"]["nameZh"] == "黄山学院"
    assert play.refused("RelateOrganizations", OFFICE, organizationId=upper, toId=lower, **which) == [
        "RELATION_CIRCULAR"
    ]
    assert [each["id"] for each in play.pages("Relations", "", to=upper)] == [relation["id"]]
    play.do("EndRelation", OFFICE, relationId=relation["id"], reason="误办")
    assert play.pages("Relations", "", to=upper) == []


def succeed(play: Play, gone: str, goes_on: str) -> None:
    merging = {"fromIds": [gone, goes_on], "toIds": [goes_on], "kind": "MERGED", "reason": "教发函〔2026〕1号"}
    merged = play.do("SucceedOrganizations", OFFICE, **merging, on=str(play.today))["succession"]
    assert [each["status"] for each in merged["predecessors"]] == ["INACTIVE", "ACTIVE"]
    assert [each["id"] for each in play.pages("Successions", "")] == [merged["id"]]
    undone = play.do("WithdrawSuccession", OFFICE, successionId=merged["id"], reason="误办")["succession"]
    assert [each["status"] for each in undone["predecessors"]] == ["ACTIVE", "ACTIVE"]


def reach(play: Play, cast: Cast, old: str) -> None:
    given = {"position": "国际处处长", "phone": "0559-2546500", "email": "office@hsu.edu.cn"}
    contact = play.do("SetOfficeContact", SPEAKER, organizationId=old, **given)["officeContact"]
    applied = play.do("ApplyForMembership", SPEAKER, allianceId=cast.alliance, organizationId=old)["membership"]["id"]
    assert play.pages("OfficeContacts", SECRETARY, organization=old) == [contact]
    seen = play.pages("ContactSightings", SPEAKER, organization=old)
    assert [(each["seenBy"], each["what"]) for each in seen] == [(f"persona:{SECRETARY}", "OFFICE_CONTACTS")]
    play.do("WithdrawMember", SPEAKER, membershipId=applied, reason="暂不加入")
    play.do("RemoveOfficeContact", SPEAKER, contactId=contact["id"])
    assert play.pages("OfficeContacts", SPEAKER, organization=old) == []
