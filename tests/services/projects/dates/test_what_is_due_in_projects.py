"""What is due in projects: milestones of those who take part, and invitations to be answered."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.services.projects.cooperation.agreements.agreeing import HUANGSHAN, LEAD, PARTNER, STRANGER, Agreeing
from tests.services.projects.projects_hub import ProjectsHub


def dates(projects: ProjectsHub, viewer: str, **which: Any) -> list[tuple[str, str, bool, str | None]]:
    until = (projects.clock.now() + timedelta(days=300)).isoformat()
    page = projects.ask("my_dates", viewer, until=until, **which)
    return [(each["kind"], each["subject_id"], each["done"], each["action"]) for each in page["nodes"]]


def test_milestones_and_invitations_are_due(projects: ProjectsHub) -> None:
    agreeing = Agreeing(projects)
    soon, later = ((projects.clock.now() + timedelta(days=each)).date().isoformat() for each in (10, 20))
    milestones = [{"title": "签署协议", "due_on": later}, {"title": "开班", "due_on": soon}]
    project = agreeing.open(milestones=milestones)
    first, second = (each["id"] for each in agreeing.milestones(project))

    open_ones = [("milestone", first, False, "reach_milestone"), ("milestone", second, False, "reach_milestone")]
    assert dates(projects, LEAD) == open_ones
    assert dates(projects, PARTNER) == [("project_invitation", project["id"], False, "accept_participation")]
    assert dates(projects, STRANGER) == []

    agreeing.answer("accept", project, agreeing.partners[0], PARTNER)
    agreeing.answer("decline", project, agreeing.partners[1], HUANGSHAN, reason="x")
    projects.ask("reach_milestone", LEAD, milestone_id=first)
    assert dates(projects, HUANGSHAN) == []
    both = [("milestone", first, True, None), ("milestone", second, False, None)]
    assert dates(projects, PARTNER) == both, "it is the lead who says what is reached"
    assert dates(projects, LEAD) == [both[0], open_ones[1]]
    assert dates(projects, LEAD, undone=True) == open_ones[1:]
