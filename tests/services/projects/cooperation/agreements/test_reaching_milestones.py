"""Reaching milestones: the lead reports each of them, once."""

from __future__ import annotations

import pytest

from kit.ids import new_id
from tests.services.projects.cooperation.agreements.agreeing import LEAD, PARTNER, Agreeing
from tests.services.projects.projects_hub import ANHUI_OFFICE, VISITOR, Refused, at_once


def test_reach_milestone_is_remembered_and_told(agreeing: Agreeing) -> None:
    project = agreeing.open()
    first, second = agreeing.milestones(project)

    reached = agreeing.projects.ask("reach_milestone", LEAD, milestone_id=first["id"])

    assert reached == {**first, "reached_at": reached["reached_at"]}
    assert reached["reached_at"] is not None
    assert agreeing.milestones(project) == [reached, second]
    assert agreeing.projects.said(since=2) == [
        (
            "projects.milestone_reached",
            {"project_id": project["id"], "title": "长三角师资联合培养", "milestone": "开班"},
        )
    ]


def test_reach_milestone_refuses_one_that_was_reached(agreeing: Agreeing) -> None:
    milestone = agreeing.milestones(agreeing.open())[0]
    agreeing.projects.ask("reach_milestone", LEAD, milestone_id=milestone["id"])

    with agreeing.projects.refuses("MILESTONE_REACHED_ALREADY", "milestoneId"):
        agreeing.projects.ask("reach_milestone", LEAD, milestone_id=milestone["id"])


def test_reach_milestone_by_several_at_once_counts_once(agreeing: Agreeing) -> None:
    milestone = agreeing.milestones(agreeing.open())[0]

    def reach() -> str:
        try:
            return str(agreeing.projects.ask("reach_milestone", LEAD, milestone_id=milestone["id"])["id"])
        except Refused as refused:
            return str(refused.problems[0]["code"])

    outcomes = at_once(*[reach] * 6)

    assert sorted(outcomes) == sorted([milestone["id"], *["MILESTONE_REACHED_ALREADY"] * 5])
    assert len(agreeing.projects.said(since=2)) == 1


def test_reach_milestone_refuses_one_that_is_not_there(agreeing: Agreeing) -> None:
    with agreeing.projects.refuses("NOT_FOUND", "milestoneId"):
        agreeing.projects.ask("reach_milestone", LEAD, milestone_id=new_id())


@pytest.mark.parametrize(
    ("viewer", "code"), [(VISITOR, "SIGN_IN_REQUIRED"), (PARTNER, "NOT_ALLOWED"), (ANHUI_OFFICE, "NOT_ALLOWED")]
)
def test_reach_milestone_is_for_the_representative_of_the_lead(agreeing: Agreeing, viewer: str, code: str) -> None:
    milestone = agreeing.milestones(agreeing.open())[0]

    with agreeing.projects.refuses(code):
        agreeing.projects.ask("reach_milestone", viewer, milestone_id=milestone["id"])
