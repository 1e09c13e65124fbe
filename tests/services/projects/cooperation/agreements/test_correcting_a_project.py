"""Correcting a project: it and its milestones are changed, closed and reopened, with a reason that everybody is told."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from gateway.graph.names import camel
from tests.services.projects.cooperation.agreements.agreeing import HUANGSHAN, LEAD, PARTNER, Agreeing
from tests.services.projects.projects_hub import ANHUI_OFFICE, OFFICE, VISITOR, Refused, at_once

WHY = "与三地教育厅商定"


def test_a_project_is_changed_in_what_is_given_and_found_by_its_new_title(agreeing: Agreeing) -> None:
    project = agreeing.open(description="三地联合", starts_on="2026-03-01")
    said = len(agreeing.projects.said())

    changed = change(agreeing, project, title="长三角教师共育", ends_on="2027-02-28")

    assert changed == {**project, "title": "长三角教师共育", "ends_on": "2027-02-28"}
    assert agreeing.projects.said(since=said) == [
        (
            "projects.project_changed",
            {
                "project_id": project["id"],
                "title": "长三角教师共育",
                "before": project["title"],
                "description": "三地联合",
                "starts_on": "2026-03-01",
                "ends_on": "2027-02-28",
                "reason": WHY,
                "organization_ids": [agreeing.lead, *agreeing.partners],
            },
        )
    ]
    assert agreeing.projects.ask("projects", LEAD, search="共育")["nodes"] == [changed]
    assert agreeing.projects.ask("projects", LEAD, search="联合培养")["nodes"] == []


@pytest.mark.parametrize(
    ("new", "field", "code"),
    [
        ({}, "title", "NOTHING_CHANGED"),
        ({"title": "长三角师资联合培养"}, "title", "NOTHING_CHANGED"),
        ({"ends_on": "2026-02-28"}, "endsOn", "PROJECT_ENDS_BEFORE"),
    ],
)
def test_change_project_refuses_what_changes_nothing_or_cannot_be(
    agreeing: Agreeing, new: dict[str, Any], field: str, code: str
) -> None:
    project = agreeing.open(starts_on="2026-03-01")

    with agreeing.projects.refuses(code, field):
        change(agreeing, project, **new)


def test_a_milestone_is_corrected_and_reopened(agreeing: Agreeing) -> None:
    project = agreeing.open()
    agreeing.answer("decline", project, agreeing.partners[1], HUANGSHAN, reason="人手不足")
    first = agreeing.milestones(project)[0]
    of_it = {"milestone_id": first["id"], "reason": WHY}
    with agreeing.projects.refuses("MILESTONE_NOT_REACHED", "milestoneId"):
        agreeing.projects.ask("reopen_milestone", LEAD, **of_it)
    agreeing.projects.ask("reach_milestone", LEAD, milestone_id=first["id"])
    said = len(agreeing.projects.said())

    agreeing.projects.ask("change_milestone", LEAD, **of_it, due_on="2026-04-01")
    reopened = agreeing.projects.ask("reopen_milestone", LEAD, **of_it)

    assert reopened == {**first, "due_on": "2026-04-01"}
    told = {
        "project_id": project["id"],
        "title": project["title"],
        "reason": WHY,
        "organization_ids": [agreeing.lead, agreeing.partners[0]],
        "milestone_id": first["id"],
        "milestone": "开班",
    }
    dates = {"before": "开班", "due_before": "2026-03-01", "due_on": "2026-04-01"}
    assert agreeing.projects.said(since=said) == [
        ("projects.milestone_changed", {**told, **dates}),
        ("projects.milestone_reopened", told),
    ]
    assert agreeing.projects.ask("reach_milestone", LEAD, milestone_id=first["id"])["reached_at"]
    with agreeing.projects.refuses("NOTHING_CHANGED", "title"):
        agreeing.projects.ask("change_milestone", LEAD, **of_it, due_on="2026-04-01")


def test_a_project_is_completed_once_its_milestones_are_reached(agreeing: Agreeing) -> None:
    project = agreeing.open()
    with agreeing.projects.refuses("MILESTONES_OPEN", "outcome", count=2):
        close(agreeing, project, "completed")
    for milestone in agreeing.milestones(project):
        agreeing.projects.ask("reach_milestone", LEAD, milestone_id=milestone["id"])

    closed = close(agreeing, project, "completed")

    assert (closed["status"], closed["closed_because"]) == ("completed", WHY)
    assert closed["closed_at"]
    assert [each["status"] for each in closed["invitations"]] == ["withdrawn", "withdrawn"]
    [(type_, said)] = agreeing.projects.said(since=4)
    assert (type_, said["status"]) == ("projects.project_closed", "completed")
    assert said["organization_ids"] == [agreeing.lead, *agreeing.partners]
    with agreeing.projects.refuses("NOT_INVITED", "organizationId"):
        agreeing.answer("accept", project, agreeing.partners[0], PARTNER)


def test_nothing_of_a_closed_project_changes_until_it_is_reopened(agreeing: Agreeing) -> None:
    project = agreeing.agreed()
    milestone = agreeing.milestones(project)[0]
    with agreeing.projects.refuses("PROJECT_NOT_CLOSED", "projectId"):
        reopen(agreeing, project)
    close(agreeing, project, "ended")

    of_project, of_milestone = {"project_id": project["id"]}, {"milestone_id": milestone["id"]}
    tried = [
        ("change_project", {**of_project, "title": "x", "reason": WHY}),
        ("close_project", {**of_project, "outcome": "ended", "reason": WHY}),
        ("reach_milestone", of_milestone),
        ("change_milestone", {**of_milestone, "title": "x", "reason": WHY}),
        ("reopen_milestone", {**of_milestone, "reason": WHY}),
    ]
    for command, given in tried:
        with agreeing.projects.refuses("PROJECT_CLOSED", camel(next(iter(given)))):
            agreeing.projects.ask(command, LEAD, **given)

    said = len(agreeing.projects.said())
    assert reopen(agreeing, project) == project
    assert [type_ for type_, _ in agreeing.projects.said(since=said)] == ["projects.project_reopened"]
    assert agreeing.projects.ask("reach_milestone", LEAD, milestone_id=milestone["id"])["reached_at"]


@pytest.mark.parametrize(("later", "code"), [(90, ""), (91, "REOPEN_TOO_LATE")])
def test_a_project_is_reopened_within_the_days_that_the_settings_say(agreeing: Agreeing, later: int, code: str) -> None:
    project = agreeing.open(participant_ids=agreeing.partners[:1])
    agreeing.answer("accept", project, agreeing.partners[0], PARTNER)
    close(agreeing, project, "ended")
    agreeing.projects.clock.advance(timedelta(days=later) - timedelta(minutes=5))

    if not code:
        assert reopen(agreeing, project)["status"] == "open"
        return
    with pytest.raises(Refused) as refused:
        reopen(agreeing, project)
    assert refused.value.problems == [{"code": code, "field": "projectId", "params": {"days": 90}}]


def test_a_project_is_not_completed_beside_a_milestone_that_is_reopened(agreeing: Agreeing) -> None:
    project = agreeing.open(milestones=[{"title": "开班", "due_on": "2026-03-01"}])
    [milestone] = agreeing.milestones(project)
    agreeing.projects.ask("reach_milestone", LEAD, milestone_id=milestone["id"])

    def tried(name: str, **given: str) -> str:
        try:
            agreeing.projects.ask(name, LEAD, reason=WHY, **given)
        except Refused as refused:
            return str(refused.problems[0]["code"])
        return ""

    refused = at_once(
        lambda: tried("close_project", project_id=project["id"], outcome="completed"),
        lambda: tried("reopen_milestone", milestone_id=milestone["id"]),
    )

    assert sorted(refused) in (["", "MILESTONES_OPEN"], ["", "PROJECT_CLOSED"])


@pytest.mark.parametrize("command", ["change_project", "close_project", "reopen_project"])
@pytest.mark.parametrize(
    ("viewer", "code"), [(VISITOR, "SIGN_IN_REQUIRED"), (PARTNER, "NOT_ALLOWED"), (ANHUI_OFFICE, "NOT_ALLOWED")]
)
def test_a_project_is_corrected_by_the_representative_of_the_lead(
    agreeing: Agreeing, command: str, viewer: str, code: str
) -> None:
    given = {"change_project": {"title": "x"}, "close_project": {"outcome": "ended"}}.get(command, {})
    project = agreeing.agreed()

    with agreeing.projects.refuses(code):
        agreeing.projects.ask(command, viewer, project_id=project["id"], reason=WHY, **given)


def change(agreeing: Agreeing, project: dict[str, Any], **new: Any) -> dict[str, Any]:
    return dict(agreeing.projects.ask("change_project", LEAD, project_id=project["id"], reason=WHY, **new))


def close(agreeing: Agreeing, project: dict[str, Any], outcome: str) -> dict[str, Any]:
    given = {"project_id": project["id"], "outcome": outcome, "reason": WHY}
    return dict(agreeing.projects.ask("close_project", LEAD, **given))


def reopen(agreeing: Agreeing, project: dict[str, Any]) -> dict[str, Any]:
    agreeing.projects.ask("reopen_project", OFFICE, project_id=project["id"], reason=WHY)
    [found] = agreeing.projects.ask("projects_by_id", LEAD, ids=[project["id"]])
    return dict(found)
