"""Dates of agreements: milestones to be reached, and invitations to be answered."""

from __future__ import annotations

from typing import Any

from sqlalchemy import exists, false, select

from contracts.agenda import DateKind
from contracts.projects.cooperation.agreements import ParticipationStatus, ProjectStatus
from kit.data.db import Session
from procedures.agenda.dates import Dates, DueRows, theirs
from services.projects.cooperation.agreements.model import Milestone, Participant, Project
from services.projects.rights import ANSWERS_FOR


def _milestones(session: Session) -> DueRows | None:
    """Those of the open projects in which an organisation of the viewer's takes part."""
    query = select(Milestone.id, Milestone.due_on, Milestone.reached_at.is_not(None)).join(Milestone.project)
    query = query.where(Project.status == ProjectStatus.OPEN)
    return theirs(query, _named(session, Milestone.project_id, ParticipationStatus.ACCEPTED))


def _invitations(session: Session) -> DueRows | None:
    query = select(Project.id, Project.answer_by, false()).where(Project.answer_by.is_not(None))
    return theirs(query, _named(session, Project.id, ParticipationStatus.INVITED))


def _named(session: Session, project_id: Any, status: ParticipationStatus) -> Any:
    mine = ANSWERS_FOR.rows(session, organization_id=Participant.organization_id)
    named = exists().where(Participant.project_id == project_id, Participant.status == status, mine)
    return false() if mine is false() else named


DATES = (
    Dates(kind=DateKind.MILESTONE, subject="milestone", rows=_milestones, action="reach_milestone"),
    Dates(kind=DateKind.PROJECT_INVITATION, subject="project", rows=_invitations, action="accept_participation"),
)
