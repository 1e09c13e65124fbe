"""Dates of agreements: milestones to be reached, and invitations to be answered."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, exists, false, not_, select

from contracts.agenda import DateKind
from contracts.projects.cooperation.agreements import ParticipationStatus, ProjectStatus
from kit.data.db import Session
from procedures.agenda.dates import Dates, DueRows, theirs
from services.projects.cooperation.agreements.model import Milestone, Participant, Project
from services.projects.rights import ANSWERS_FOR, SPEAKS_FOR_LEAD


def _led_milestones(session: Session) -> DueRows | None:
    """Those of the open projects that an organisation of the viewer's leads, and that they can say are reached."""
    return theirs(_milestones(), _leads(session))


def _shared_milestones(session: Session) -> DueRows | None:
    """Those of the open projects in which an organisation of the viewer's takes part that another leads."""
    takes_part = _named(session, Milestone.project_id, ParticipationStatus.ACCEPTED)
    return theirs(_milestones().where(not_(_leads(session))), takes_part)


def _milestones() -> DueRows:
    query = select(Milestone.id, Milestone.due_on, Milestone.reached_at.is_not(None)).join(Milestone.project)
    return query.where(Project.status == ProjectStatus.OPEN)


def _leads(session: Session) -> ColumnElement[bool]:
    return SPEAKS_FOR_LEAD.exactly().rows(session, lead_organization_id=Project.lead_organization_id)


def _invitations(session: Session) -> DueRows | None:
    query = select(Project.id, Project.answer_by, false()).where(Project.answer_by.is_not(None))
    return theirs(query, _named(session, Project.id, ParticipationStatus.INVITED))


def _named(session: Session, project_id: Any, status: ParticipationStatus) -> Any:
    mine = ANSWERS_FOR.rows(session, organization_id=Participant.organization_id)
    named = exists().where(Participant.project_id == project_id, Participant.status == status, mine)
    return false() if mine is false() else named


DATES = (
    Dates(kind=DateKind.MILESTONE, subject="milestone", rows=_led_milestones, action="reach_milestone"),
    Dates(kind=DateKind.MILESTONE, subject="milestone", rows=_shared_milestones),
    Dates(kind=DateKind.PROJECT_INVITATION, subject="project", rows=_invitations, action="accept_participation"),
)
