"""How projects and their milestones look from outside."""

from __future__ import annotations

from typing import Any

from services.projects.cooperation.agreements.model import Milestone, Project


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
