"""How projects and their milestones look from outside."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from contracts.projects.cooperation.agreements import ParticipationStatus
from kit.data.db import Session
from services.projects.cooperation.agreements.model import Milestone, Participant, Project
from services.projects.rights import ANSWERS_FOR, SPEAKS_FOR_LEAD


def project_view(session: Session) -> Callable[[Project], dict[str, Any]]:
    """How projects look to the viewer: who was asked and has not accepted is known to the lead, and to themselves."""
    leads, answers = SPEAKS_FOR_LEAD.test(session), ANSWERS_FOR.test(session)

    def view(project: Project) -> dict[str, Any]:
        whole = leads(lead_organization_id=project.lead_organization_id)
        others = [each for each in project.participants if each.status != ParticipationStatus.ACCEPTED]
        seen = [each for each in others if whole or answers(organization_id=each.organization_id)]
        return {**_project_view(project), "invitations": [_invitation_view(each) for each in seen]}

    return view


def _invitation_view(asked: Participant) -> dict[str, Any]:
    return {
        "organization_id": asked.organization_id,
        "status": asked.status,
        "answered_at": asked.answered_at,
        "reason": asked.reason,
    }


def _project_view(project: Project) -> dict[str, Any]:
    return {
        "id": project.id,
        "title": project.title,
        "description": project.description,
        "starts_on": project.starts_on,
        "ends_on": project.ends_on,
        "status": project.status,
        "closed_at": project.closed_at,
        "closed_because": project.closed_because,
        "item_id": project.item_id,
        "lead_organization_id": project.lead_organization_id,
        "participant_ids": project.taking_part,
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
