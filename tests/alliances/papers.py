"""Papers: one that was expelled applies again with what the charter asks for, is sent back, and is declined in the end."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.alliances.cast import OFFICE, SECRETARY, Cast, representative
from tests.alliances.chartered import RULES
from tests.handbook.files import PDF, sent
from tests.handbook.stage import Play

LICENCE = {"code": "licence", "name_zh": "办学许可证", "name_en": "School Licence", "required": True}
WUXI = representative("wuxi")


def hand_in(play: Play, cast: Cast) -> None:
    """What is missing is named; what was sent by mistake goes; the secretariat alone reads what is left, for a while."""
    rules = {**RULES, "papers": {"list": [LICENCE], "erase_days": 20}}
    play.do("AdoptCharter", SECRETARY, allianceId=cast.alliance, rules=rules, reason="须提交办学许可证")
    pair = {"allianceId": cast.alliance, "organizationId": cast.organizations["wuxi"]}
    assert play.refused("ApplyForMembership", WUXI, **pair) == ["APPLICATION_PAPERS_MISSING"]
    _add(play, pair, name="旧证.pdf", kind="licence")
    mistake = _add(play, pair, name="误传.pdf")
    membership = play.do("ApplyForMembership", WUXI, **pair)["membership"]["id"]
    assert play.refused("RemoveApplicationPaper", WUXI, paperId=mistake) == ["MEMBERSHIP_STANDS"]
    play.do("ReturnApplication", SECRETARY, membershipId=membership, reason="许可证已过期")
    play.do("RemoveApplicationPaper", WUXI, paperId=mistake)
    paper = _add(play, pair, name="新证.pdf", kind="licence")
    play.do("CorrectApplication", WUXI, membershipId=membership, statement="已更换许可证")

    assert [(each["id"], each["url"]) for each in _papers(play, cast, WUXI)] == [(paper, None)]
    assert play.client(OFFICE).answer(play.carried.document("ApplicationPapers"), **_which(cast))["errors"]
    [read] = _papers(play, cast, SECRETARY)
    assert play.http("GET", SECRETARY, read["url"]).content == PDF
    play.do("DeclineMembership", SECRETARY, membershipId=membership, reason="名额已满")
    for days in (1, 20):  # it is looked at anew the next day, and then goes on the day
        play.wait_for(play.now + timedelta(days=days))
    play.until(lambda: _papers(play, cast, SECRETARY) == [], "the papers were not deleted")


def _add(play: Play, pair: dict[str, str], **paper: Any) -> str:
    upload = sent(play, "BeginApplicationPaper", WUXI, PDF, **pair, **paper)
    return str(play.do("CompleteApplicationPaper", WUXI, uploadId=upload)["applicationPaper"]["id"])


def _papers(play: Play, cast: Cast, person: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = play.ask("ApplicationPapers", person, **_which(cast))
    return found


def _which(cast: Cast) -> dict[str, str]:
    return {"alliance": cast.alliance, "organization": cast.organizations["wuxi"]}
