"""Correcting: a project and its milestones are changed, closed and reopened, with a reason that everybody concerned is told."""

from __future__ import annotations

from datetime import date
from typing import Any

from contracts.projects.cooperation import agreements as say
from contracts.projects.cooperation.agreements import MilestonesOpen, ProjectOutcome
from contracts.refusals import NothingChanged
from kit.data.db import Session
from kit.messages.outbox import record
from procedures.search.indexing import index_names
from services.projects.cooperation.agreements.model import Milestone, Project
from services.projects.cooperation.agreements.queries import milestones_of, milestones_open
from services.projects.cooperation.agreements.reminding import watch_milestones


def change_project(session: Session, *, project: Project, reason: str, **changed: Any) -> Project:
    """The project reads otherwise in what is given; refuses one that is closed, ends before it starts, or stays as it is."""
    project.check_open()
    before = project.title
    _change(project, changed, "title")
    project.check_days()
    index_names(session, project)
    said = say.ProjectChanged(
        **_told(project, reason),
        before=before,
        description=project.description,
        starts_on=project.starts_on,
        ends_on=project.ends_on,
    )
    record(session, project, said)
    return project


def close_project(session: Session, *, project: Project, outcome: ProjectOutcome, reason: str) -> Project:
    """The project is over; it is completed only with every milestone reached (MilestonesOpen)."""
    told = _told(project, reason)
    project.close(outcome, reason, session.now)
    if outcome == ProjectOutcome.COMPLETED and (count := milestones_open(session, project.id)):
        raise MilestonesOpen("outcome", count=count)
    record(session, project, say.ProjectClosed(**told, status=project.status))
    return project


def reopen_project(session: Session, *, project: Project, reason: str, days: int) -> Project:
    """The project is carried on, so many days after it was closed at most."""
    project.reopen(session.now, days)
    record(session, project, say.ProjectReopened(**_told(project, reason)))
    watch_milestones(session, milestones_of(session, project.id))
    return project


def change_milestone(session: Session, *, milestone: Milestone, reason: str, **changed: Any) -> Milestone:
    """The milestone is called or due otherwise; refuses a closed project, and what would change nothing."""
    milestone.check_can_be_changed()
    before: tuple[str, date] = (milestone.title, milestone.due_on)
    _change(milestone, changed, "title")
    said = say.MilestoneChanged(
        **_about(milestone, reason), due_on=milestone.due_on, before=before[0], due_before=before[1]
    )
    record(session, milestone.project, said)
    watch_milestones(session, [milestone])
    return milestone


def reopen_milestone(session: Session, *, milestone: Milestone, reason: str) -> Milestone:
    """The milestone is not reached after all; refuses a closed project, and one that is not reached."""
    milestone.reopen()
    record(session, milestone.project, say.MilestoneReopened(**_about(milestone, reason)))
    watch_milestones(session, [milestone])
    return milestone


def _change(row: Project | Milestone, changed: dict[str, Any], field: str) -> None:
    """Take what is given; refuses with NothingChanged where it is what stands."""
    new = {name: value for name, value in changed.items() if value is not None and value != getattr(row, name)}
    if not new:
        raise NothingChanged(field)
    for name, value in new.items():
        setattr(row, name, value)


def _told(project: Project, reason: str) -> dict[str, Any]:
    return {
        "project_id": project.id,
        "title": project.title,
        "reason": reason,
        "organization_ids": project.concerned,
    }


def _about(milestone: Milestone, reason: str) -> dict[str, Any]:
    return {**_told(milestone.project, reason), "milestone_id": milestone.id, "milestone": milestone.title}
