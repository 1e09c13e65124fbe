"""The forms of input about projects, and how they look from outside."""

from __future__ import annotations

from typing import Any

from contracts.forms import Input, day, identifier, listing, nested, text
from services.projects.cooperation.agreements.model import Milestone, Project


class PlannedMilestone(Input):
    title = text(max=200)
    due_on = day()


class OpenProject(Input):
    title = text(max=200)
    item_id = identifier(required=False)
    lead_organization_id = identifier()
    participant_ids = listing(identifier(), max=99)
    milestones = listing(nested(PlannedMilestone), max=50, required=False)


class ReachMilestone(Input):
    milestone_id = identifier()


class Milestones(Input):
    project_ids = listing(identifier(), min=1, max=100)


def project_view(project: Project) -> dict[str, Any]:
    return {
        "id": project.id,
        "title": project.title,
        "item_id": project.item_id,
        "lead_organization_id": project.lead_organization_id,
        "participant_ids": [participant.organization_id for participant in project.participants],
        "created_at": project.created_at,
    }


def milestone_view(milestone: Milestone) -> dict[str, Any]:
    return {
        "id": milestone.id,
        "project_id": milestone.project_id,
        "title": milestone.title,
        "due_on": milestone.due_on,
        "reached_at": milestone.reached_at,
    }
