"""Merged organisations: a project and a plan that name either mean the one that stands."""

from __future__ import annotations

from tests.services.projects.projects_hub import ANHUI, JIANGSU, ProjectsHub

MILESTONES = [{"title": "签约", "due_on": "2026-06-30"}]


def test_what_was_asked_of_either_is_answered_for_both(projects: ProjectsHub) -> None:
    lead = projects.organization("江苏大学", region=JIANGSU)
    survivor = projects.organization("黄山学院", region=ANHUI, representative="own")
    other = projects.organization("黄山学院（新）", region=ANHUI, representative="its")
    project = projects.ask(
        "open_project", title="合作", lead_organization_id=lead, participant_ids=[other], milestones=MILESTONES
    )
    assert projects.ask("project_invitations", "own")["nodes"] == []

    said = projects.merge(survivor, other)

    assert [each["id"] for each in projects.ask("project_invitations", "own")["nodes"]] == [project["id"]]
    projects.ask("accept_participation", "own", project_id=project["id"], organization_id=survivor)
    assert projects.ask("project_invitations", "its")["nodes"] == []
    with projects.refuses("ORGANIZATION_MERGED", "participantIds", organization=survivor):
        projects.ask(
            "open_project", title="再", lead_organization_id=lead, participant_ids=[other], milestones=MILESTONES
        )
    projects.unmerge(said)
    again = {"title": "再", "lead_organization_id": lead, "participant_ids": [other], "milestones": MILESTONES}
    assert projects.ask("open_project", **again)["title"] == "再"
