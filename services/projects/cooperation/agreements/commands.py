"""What can be done about cooperation projects: open one, and reach its milestones."""

from __future__ import annotations

from typing import Any

from contracts.projects.cooperation.agreements import MilestoneReached, OrganizationsUnknown, ProjectOpened
from kit.data.db import Session
from kit.ids import new_id
from kit.messages.outbox import record
from services.projects.cooperation.agreements.model import Milestone, Participant, Project, check_provinces
from services.projects.directory.queries import organizations_by_id
from services.projects.planning.plans.queries import work_item


def open_project(
    session: Session,
    *,
    title: str,
    lead_organization_id: str,
    participant_ids: list[str],
    milestones: list[dict[str, Any]],
    provinces: int,
    item_id: str | None = None,
) -> Project:
    """Open a project of the lead and the participants, with milestones of {title, due_on}.

    Refuses organisations that have not been heard of, participants (the lead included) from fewer than so many
    `provinces`, and an item that is not there for the viewer.
    """
    ids = list(dict.fromkeys([lead_organization_id, *participant_ids]))
    known = organizations_by_id(session, ids)
    if len(known) < len(ids):
        raise OrganizationsUnknown("participantIds", count=len(ids) - len(known))
    check_provinces((organization.region for organization in known.values()), provinces)
    if item_id:
        work_item(session, item_id)
    project = Project(id=new_id(), version=0, created_at=session.now, title=title, item_id=item_id)
    project.lead_organization_id = lead_organization_id
    project.participants = [Participant(organization_id=id_) for id_ in sorted(ids)]
    session.add(project)
    session.add_all(Milestone(id=new_id(), project=project, **milestone) for milestone in milestones)
    opened = ProjectOpened(
        project_id=project.id,
        title=title,
        item_id=item_id,
        lead_organization=known[lead_organization_id].named,
        participant_ids=ids,
    )
    record(session, project, opened)
    session.flush()
    return project


def reach_milestone(session: Session, *, milestone: Milestone) -> Milestone:
    """The milestone is reached now; once."""
    milestone.reach(session.now)
    project = milestone.project
    record(session, project, MilestoneReached(project_id=project.id, title=project.title, milestone=milestone.title))
    return milestone
