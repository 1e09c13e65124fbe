"""Correcting alliances: the secretariat puts the entry right, a sub-alliance is linked, and stages are moved and moved back."""

from __future__ import annotations

from tests.alliances.cast import OFFICE, SECRETARY, Cast
from tests.handbook.stage import Play


def correct(play: Play, cast: Cast) -> None:
    which = {"allianceId": cast.alliance}
    right = {"level": "REGION", "regions": ["310000", "320000", "330000", "340000"], "reason": "补登"}
    changed = play.do("ChangeAlliance", SECRETARY, **which, **right)["alliance"]
    assert (changed["level"], len(changed["regions"])) == ("REGION", 4)
    rename(play, cast)
    today = str(play.today)
    rests = play.do("MoveAllianceStage", SECRETARY, **which, stage="DORMANT", on=today, reason="换届")["alliance"]
    assert (rests["stage"], rests["stageSince"]) == ("DORMANT", today)
    play.do("MoveAllianceStage", SECRETARY, **which, stage="ACTIVE", on=today, reason="换届完成")
    link(play, cast)
    seen = [each["what"] for each in play.pages("AllianceHistory", SECRETARY, alliance=cast.alliance)]
    assert seen == ["FOUNDED", "CORRECTED", "RENAMED", "NAME_WITHDRAWN", "STAGE_MOVED", "STAGE_MOVED"]


def rename(play: Play, cast: Cast) -> None:
    names = {"nameZh": "长三角融媒体教育联盟", "nameEn": "YRD Media Alliance", "since": "2026-01-01", "reason": "更名"}
    renamed = play.do("RenameAlliance", SECRETARY, allianceId=cast.alliance, **names)["alliance"]
    assert [each["nameZh"] for each in renamed["names"]] == ["长三角新媒体教育联盟", "长三角融媒体教育联盟"]
    struck = play.do("WithdrawAllianceName", SECRETARY, allianceId=cast.alliance, since="2026-01-01", reason="误办")
    assert struck["alliance"]["nameZh"] == "长三角新媒体教育联盟"


def link(play: Play, cast: Cast) -> None:
    given = {"kind": "UNIVERSITY_ALLIANCE", "nameZh": "短视频专业委员会", "nameEn": "Committee for Short Film"}
    part = play.do("FoundAlliance", OFFICE, **given)["alliance"]["id"]
    linked = play.do("LinkAlliance", OFFICE, allianceId=part, parentId=cast.alliance, reason="下设")["alliance"]
    assert linked["parent"]["id"] == cast.alliance
    circle = {"allianceId": cast.alliance, "parentId": part, "reason": "下设"}
    assert play.refused("LinkAlliance", OFFICE, **circle) == ["PARENT_CIRCULAR"]
    assert play.do("LinkAlliance", OFFICE, allianceId=part, reason="独立运行")["alliance"]["parent"] is None
