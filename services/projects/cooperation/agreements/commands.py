"""What can be done about cooperation projects: open one, ask organisations and answer for them, reach its milestones."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from contracts.projects.cooperation import agreements as say
from contracts.projects.cooperation.agreements import (
    MilestoneReached,
    OrganizationsUnknown,
    ParticipationStatus,
    ProjectOpened,
)
from kit.data.db import Session
from kit.ids import new_id
from kit.messages.outbox import record
from kit.work import timers
from procedures.search.indexing import index_names
from services.projects.cooperation.agreements.model import Milestone, Participant, Project, check_provinces
from services.projects.cooperation.agreements.reminding import watch_invitations, watch_milestones
from services.projects.directory.model import Organization
from services.projects.directory.queries import organizations_by_id
from services.projects.planning.plans.queries import work_item

LAPSE_INVITATIONS = "lapse_invitations"
S = ParticipationStatus


def open_project(
    session: Session,
    *,
    title: str,
    lead_organization_id: str,
    participant_ids: list[str],
    milestones: list[dict[str, Any]],
    provinces: int,
    answer_days: int,
    item_id: str | None = None,
    description: str | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> Project:
    """Open a project of the lead, with milestones of {title, due_on}, and ask the participants for so many days.

    Refuses organisations that have not been heard of, participants (the lead included) from fewer than so many
    `provinces`, an item that is not there for the viewer, and an end before the start.
    """
    ids = list(dict.fromkeys([lead_organization_id, *participant_ids]))
    known = _named(session, ids)
    check_provinces((organization.region for organization in known.values()), provinces)
    if item_id:
        work_item(session, item_id)
    project = Project(id=new_id(), version=0, created_at=session.now, title=title, item_id=item_id)
    project.description, project.starts_on, project.ends_on = description or "", starts_on, ends_on
    project.check_days()
    project.lead_organization_id, project.lead = lead_organization_id, known[lead_organization_id]
    project.participants = [_participant(known[id_], leads=id_ == lead_organization_id) for id_ in sorted(ids)]
    session.add(project)
    steps = [Milestone(id=new_id(), project=project, **milestone) for milestone in milestones]
    session.add_all(steps)
    record(session, project, _opened(project))
    _ask(session, project, ids[1:], session.now + timedelta(days=answer_days))
    watch_milestones(session, steps)
    index_names(session, project)
    session.flush()
    return project


def _opened(project: Project) -> ProjectOpened:
    return ProjectOpened(
        project_id=project.id,
        title=project.title,
        item_id=project.item_id,
        lead_organization=project.lead.named,
        participant_ids=project.taking_part,
    )


def _named(session: Session, ids: list[str]) -> dict[str, Organization]:
    """The organisations of a new project, the lead first; all of them are known and stand."""
    known = organizations_by_id(session, ids)
    if len(known) < len(ids):
        raise OrganizationsUnknown("participantIds", count=len(ids) - len(known))
    for each in known.values():
        each.check_stands("leadOrganizationId" if each.id == ids[0] else "participantIds")
    return known


def accept_participation(session: Session, *, project: Project, organization_id: str) -> Project:
    """The organisation takes part from now on; refuses with NotInvited."""
    asked = project.asked(organization_id)
    asked.answer(S.ACCEPTED, session.now)
    record(session, project, say.ParticipationAccepted(**_about(project, asked)))
    return project


def decline_participation(session: Session, *, project: Project, organization_id: str, reason: str) -> Project:
    """The organisation does not take part; refuses with NotInvited."""
    asked = project.asked(organization_id)
    asked.answer(S.DECLINED, session.now, reason)
    record(session, project, say.ParticipationDeclined(**_about(project, asked), reason=reason))
    return project


def withdraw_participation(session: Session, *, project: Project, organization_id: str) -> Project:
    """The organisation is no longer asked; refuses with NotInvited."""
    asked = project.asked(organization_id)
    asked.answer(S.WITHDRAWN, session.now)
    record(session, project, say.ParticipationWithdrawn(**_about(project, asked)))
    return project


def lapse_invitations(session: Session, *, project: Project) -> None:
    """Whoever has not answered is no longer asked."""
    late = project.invited
    for each in late:
        each.answer(S.LAPSED, session.now)
    if late:
        lapsed = say.InvitationsLapsed(
            project_id=project.id, title=project.title, lead_organization=project.lead.named, organizations=len(late)
        )
        record(session, project, lapsed)


def _participant(organization: Organization, *, leads: bool) -> Participant:
    status = S.ACCEPTED if leads else S.INVITED
    return Participant(organization_id=organization.id, organization=organization, status=status, reason="")


def _ask(session: Session, project: Project, organization_ids: list[str], answer_by: datetime) -> None:
    """Tell those who are asked, once, and come back when their time is over."""
    if organization_ids:
        invited = say.ParticipantsInvited(
            project_id=project.id,
            title=project.title,
            lead_organization=project.lead.named,
            organization_ids=organization_ids,
            answer_by=answer_by,
        )
        record(session, project, invited)
        project.answer_by = answer_by
        timers.at(session, answer_by, LAPSE_INVITATIONS, project.id)
        watch_invitations(session, project, answer_by)


def _about(project: Project, participant: Participant) -> dict[str, Any]:
    return {
        "project_id": project.id,
        "title": project.title,
        "lead_organization": project.lead.named,
        "organization": participant.organization.named,
    }


def reach_milestone(session: Session, *, milestone: Milestone) -> Milestone:
    """The milestone is reached now; once, and while the project is open."""
    project = milestone.project
    milestone.reach(session.now)
    record(session, project, MilestoneReached(project_id=project.id, title=project.title, milestone=milestone.title))
    return milestone
