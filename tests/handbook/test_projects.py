"""A cooperation project from opening to closing, by the queries of docs/projects.md alone."""

from __future__ import annotations

from typing import Any

import pytest

from tests.handbook.stage import Play
from tests.running import season
from tests.running.processes import RunningHub

LEAD, PARTNER, OTHER, THIRD = "joint-lead", "joint-partner", "joint-other", "joint-third"
ANHUI, SHANGHAI = "340100", "310115"


@pytest.mark.timeout(900)
def test_a_project_from_opening_to_closing(embedded_hub: RunningHub) -> None:
    play = Play(embedded_hub, "projects")
    regions = {LEAD: SHANGHAI, PARTNER: ANHUI, OTHER: ANHUI, THIRD: ANHUI}
    ids = {name: season.register(embedded_hub, name, region, email=False).id for name, region in regions.items()}
    project = _open(play, ids)
    _consent(play, project, ids)
    _report(play, project)
    _close(play, project)
    assert play.carried.missing() == []


def _open(play: Play, ids: dict[str, str]) -> str:
    opened = play.do(
        "OpenProject",
        LEAD,
        title="长三角师资联合培养",
        description="三地轮流承办。",
        startsOn="2026-03-01",
        leadOrganizationId=ids[LEAD],
        participantIds=[ids[PARTNER], ids[OTHER], ids[THIRD]],
        milestones=[{"title": "签署协议", "dueOn": "2026-06-30"}],
    )["project"]
    assert [each["id"] for each in opened["participants"]] == [ids[LEAD]]
    return str(opened["id"])


def _consent(play: Play, project: str, ids: dict[str, str]) -> None:
    [asked] = play.ask("AskedToTakePart", PARTNER)["nodes"]
    assert (asked["id"], play.ask("Projects", PARTNER)["totalCount"]) == (project, 0)
    own = {"projectId": project}
    play.do("AcceptParticipation", PARTNER, **own, organizationId=ids[PARTNER])
    play.do("DeclineParticipation", OTHER, **own, organizationId=ids[OTHER], reason="人手不足")
    play.do("WithdrawParticipation", LEAD, **own, organizationId=ids[THIRD])
    assert play.ask("Projects", PARTNER)["totalCount"] == 1
    assert play.ask("Projects", OTHER)["totalCount"] == 0


def _report(play: Play, project: str) -> None:
    milestone = {"milestoneId": _seen(play, project)["milestones"][0]["id"]}
    play.do("ReachMilestone", LEAD, **milestone)
    play.do("ReopenMilestone", LEAD, **milestone, reason="协议尚缺一方签章")
    changed = play.do("ChangeMilestone", LEAD, **milestone, dueOn="2026-09-30", reason="与三地商定延期")["milestone"]
    assert (changed["dueOn"], changed["reachedAt"]) == ("2026-09-30", None)
    told = "{ notices(first: 20) { nodes { title } } }"
    play.until(
        lambda: (
            {"Milestone reopened: 签署协议", "Milestone changed: 签署协议"} <= _titles(play.client(PARTNER).ask(told))
        ),
        "nobody was told of the milestone",
    )


def _close(play: Play, project: str) -> None:
    own = {"projectId": project}
    play.do("ChangeProject", LEAD, **own, title="长三角教师共育", reason="与立项文件一致")
    closing = {**own, "outcome": "COMPLETED", "reason": "各项目标均已完成"}
    assert play.refused("CloseProject", LEAD, **closing) == ["MILESTONES_OPEN"]
    play.do("ReachMilestone", LEAD, milestoneId=_seen(play, project)["milestones"][0]["id"])
    assert play.do("CloseProject", LEAD, **closing)["project"]["status"] == "COMPLETED"
    assert play.refused("ChangeProject", LEAD, **own, title="x", reason="x") == ["PROJECT_CLOSED"]
    assert play.do("ReopenProject", LEAD, **own, reason="第二期继续开办")["project"]["closedAt"] is None


def _seen(play: Play, project: str) -> dict[str, Any]:
    [found] = [each for each in play.ask("Projects", LEAD)["nodes"] if each["id"] == project]
    return dict(found)


def _titles(data: dict[str, Any]) -> set[str]:
    return {each["title"] for each in data["notices"]["nodes"]}
