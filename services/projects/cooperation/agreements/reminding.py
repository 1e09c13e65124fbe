"""Reminding: of milestones that are not reached, and of invitations that are not answered."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from contracts.projects.cooperation import agreements as say
from contracts.projects.cooperation.agreements import ProjectStatus
from kit.data.db import Session
from kit.messages.outbox import record
from procedures.agenda.dates import end_of_day
from procedures.reminders.reminding import falls_due, remind_each
from services.projects.cooperation.agreements.model import Milestone, Project

REMIND_OF_MILESTONE, REMIND_OF_INVITATIONS = "remind_of_milestone", "remind_of_invitations"


def watch_milestones(session: Session, milestones: Iterable[Milestone]) -> None:
    """Have those that are not reached reminded of before they are due."""
    dates = {each.id: end_of_day(each.due_on) for each in milestones if each.reached_at is None}
    remind_each(session, REMIND_OF_MILESTONE, dates)


def watch_invitations(session: Session, project: Project, answer_by: datetime) -> None:
    """Have those reminded who do not answer."""
    remind_each(session, REMIND_OF_INVITATIONS, {project.id: answer_by})


def remind_of_milestone(session: Session, *, milestone: Milestone, lead: timedelta) -> None:
    """Tell those who take part that it is due soon, if it still is to be reached."""
    project = milestone.project
    if milestone.reached_at or project.status != ProjectStatus.OPEN:
        return
    if falls_due(session, REMIND_OF_MILESTONE, milestone.id, end_of_day(milestone.due_on), lead):
        due = say.MilestoneDue(
            project_id=project.id,
            title=project.title,
            milestone_id=milestone.id,
            milestone=milestone.title,
            due_on=milestone.due_on,
            organization_ids=project.taking_part,
        )
        record(session, project, due)


def remind_of_invitations(session: Session, *, project: Project, lead: timedelta) -> None:
    """Tell those who were asked and have not answered that they still can."""
    asked = [each.organization_id for each in project.invited]
    if not asked or project.answer_by is None or project.status != ProjectStatus.OPEN:
        return
    if falls_due(session, REMIND_OF_INVITATIONS, project.id, project.answer_by, lead):
        due = say.ParticipationDue(
            project_id=project.id,
            title=project.title,
            lead_organization=project.lead.named,
            organization_ids=asked,
            answer_by=project.answer_by,
        )
        record(session, project, due)
