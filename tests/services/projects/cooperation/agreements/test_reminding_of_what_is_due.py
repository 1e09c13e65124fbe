"""Milestones and invitations are told of before they are due, once for each date, and not once they are done."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.clock import NOW, StandingClock
from tests.services.projects.cooperation.agreements.agreeing import LEAD, PARTNER, Agreeing
from tests.services.projects.projects_hub import ProjectsHub
from tests.services.ringing import at

DAY = timedelta(days=1)


@pytest.fixture
def agreeing(home: Path) -> Iterator[Agreeing]:
    hub = ProjectsHub(StandingClock())
    yield Agreeing(hub)
    hub.stop()


def said(agreeing: Agreeing, type_: str) -> list[dict[str, Any]]:
    return [data for said, data in agreeing.projects.said() if said == f"projects.{type_}"]


def opened(agreeing: Agreeing, days: int = 20) -> tuple[dict[str, Any], str]:
    milestones = [{"title": "签署协议", "due_on": (NOW + days * DAY).date().isoformat()}]
    project = agreeing.open(milestones=milestones)
    return project, agreeing.milestones(project)[0]["id"]


def test_those_who_take_part_are_told_before_a_milestone_is_due(agreeing: Agreeing) -> None:
    project, milestone_id = opened(agreeing)
    at(agreeing.projects, NOW + 14 * DAY)
    assert said(agreeing, "milestone_due") == []

    at(agreeing.projects, NOW + 16 * DAY)
    assert said(agreeing, "milestone_due") == [
        {
            "project_id": project["id"],
            "title": project["title"],
            "milestone_id": milestone_id,
            "milestone": "签署协议",
            "due_on": (NOW + 20 * DAY).date().isoformat(),
            "organization_ids": [agreeing.lead],
        }
    ]
    at(agreeing.projects, NOW + 30 * DAY)
    assert len(said(agreeing, "milestone_due")) == 1


def test_a_reminder_moves_with_its_milestone_back_and_forth(agreeing: Agreeing) -> None:
    _, milestone_id = opened(agreeing)

    def move(days: int) -> None:
        day = (NOW + days * DAY).date().isoformat()
        agreeing.projects.ask("change_milestone", LEAD, milestone_id=milestone_id, due_on=day, reason="调整")

    move(40)
    at(agreeing.projects, NOW + 16 * DAY)
    assert said(agreeing, "milestone_due") == []
    move(20)
    at(agreeing.projects, NOW + 18 * DAY)
    move(22)
    at(agreeing.projects, NOW + 20 * DAY)
    move(24)
    move(22)
    at(agreeing.projects, NOW + 40 * DAY)
    days = [(NOW + each * DAY).date().isoformat() for each in (20, 22)]
    assert [each["due_on"] for each in said(agreeing, "milestone_due")] == days


def test_nobody_is_reminded_of_what_is_reached_or_of_a_project_that_is_closed(agreeing: Agreeing) -> None:
    _, milestone_id = opened(agreeing)
    other, _ = opened(agreeing)
    agreeing.projects.ask("reach_milestone", LEAD, milestone_id=milestone_id)
    agreeing.projects.ask("close_project", LEAD, project_id=other["id"], outcome="ended", reason="终止")
    at(agreeing.projects, NOW + 19 * DAY)
    assert said(agreeing, "milestone_due") == []

    agreeing.projects.ask("reopen_milestone", LEAD, milestone_id=milestone_id, reason="误报")
    at(agreeing.projects, NOW + 20 * DAY)
    assert [each["milestone_id"] for each in said(agreeing, "milestone_due")] == [milestone_id]


def test_those_who_have_not_answered_are_reminded(agreeing: Agreeing) -> None:
    project = agreeing.open()
    agreeing.answer("accept", project, agreeing.partners[0], PARTNER)
    at(agreeing.projects, NOW + 26 * DAY)
    [due] = said(agreeing, "participation_due")
    assert due["organization_ids"] == [agreeing.partners[1]]
    assert due["answer_by"] == (NOW + 30 * DAY).isoformat()
