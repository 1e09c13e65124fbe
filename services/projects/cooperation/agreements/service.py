"""Agreements on the wire: the lead organisation's representative opens a project and reports its milestones."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from contracts.browsing import Stretch
from contracts.forms import ByIds
from contracts.projects.cooperation import agreements_forms as forms
from kit.calls.acting import Acts
from kit.calls.histories import concerning, histories
from kit.calls.rpc import command, query
from kit.calls.service import Service
from kit.data.db import Session
from kit.data.rendering import rendered
from kit.rights.asking import require, require_signed_in
from kit.rights.right import SIGNED_IN
from kit.rights.ways import ANY
from kit.work.timers import on_due
from procedures.reminders.settings import ReminderSettings
from services.projects.cooperation.agreements import commands, correcting, queries, reminding
from services.projects.cooperation.agreements.model import Milestone, Project
from services.projects.cooperation.agreements.schemas import milestone_view, project_view
from services.projects.cooperation.agreements.settings import AgreementSettings
from services.projects.planning.plans.model import WorkItem
from services.projects.rights import ANSWERS_FOR, SEES_PROJECT, SPEAKS_FOR_LEAD


def _of_lead(project: Project) -> dict[str, Any]:
    """What the right to speak for its lead looks at."""
    return {"lead_organization_id": project.lead_organization_id}


def _on(stands: Callable[[Milestone], None]) -> Acts:
    """What is done about a milestone, where it stands so, for whoever speaks for the lead of its project."""
    return Acts(Milestone, stands, keys=lambda milestone: _of_lead(milestone.project))


class AgreementsService(Service):
    """Cooperation projects between organisations of several provinces, and their milestones."""

    @command(
        forms.OpenProject, right=SPEAKS_FOR_LEAD, acts=Acts(WorkItem, keys=lambda _: {"lead_organization_id": ANY})
    )
    def open_project(
        self, session: Session, *, lead_organization_id: str, milestones: Any = None, **agreed: Any
    ) -> dict[str, Any]:
        require(session, SPEAKS_FOR_LEAD, lead_organization_id=lead_organization_id)
        project = commands.open_project(
            session,
            lead_organization_id=lead_organization_id,
            milestones=milestones or [],
            provinces=self.runtime.settings.of(AgreementSettings).provinces,
            answer_days=self.runtime.settings.of(AgreementSettings).answer_days,
            **agreed,
        )
        return project_view(session)(project)

    @command(forms.AcceptParticipation, right=ANSWERS_FOR)
    def accept_participation(self, session: Session, *, project_id: str, organization_id: str) -> dict[str, Any]:
        require(session, ANSWERS_FOR, organization_id=organization_id)
        project = queries.project(session, project_id)
        commands.accept_participation(session, project=project, organization_id=organization_id)
        return project_view(session)(project)

    @command(forms.DeclineParticipation, right=ANSWERS_FOR)
    def decline_participation(
        self, session: Session, *, project_id: str, organization_id: str, reason: str
    ) -> dict[str, Any]:
        require(session, ANSWERS_FOR, organization_id=organization_id)
        project = queries.project(session, project_id)
        commands.decline_participation(session, project=project, organization_id=organization_id, reason=reason)
        return project_view(session)(project)

    @command(forms.WithdrawParticipation, right=SPEAKS_FOR_LEAD)
    def withdraw_participation(self, session: Session, *, project_id: str, organization_id: str) -> dict[str, Any]:
        project = _led(session, project_id)
        commands.withdraw_participation(session, project=project, organization_id=organization_id)
        return project_view(session)(project)

    @on_due(commands.LAPSE_INVITATIONS)
    def lapse_invitations(self, session: Session, project_id: str) -> None:
        commands.lapse_invitations(session, project=queries.project(session, project_id))

    @on_due(reminding.REMIND_OF_INVITATIONS)
    def remind_of_invitations(self, session: Session, project_id: str) -> None:
        lead = self.runtime.settings.of(ReminderSettings).lead
        reminding.remind_of_invitations(session, project=queries.project(session, project_id), lead=lead)

    @on_due(reminding.REMIND_OF_MILESTONE)
    def remind_of_milestone(self, session: Session, milestone_id: str) -> None:
        lead = self.runtime.settings.of(ReminderSettings).lead
        reminding.remind_of_milestone(session, milestone=queries.milestone(session, milestone_id), lead=lead)

    @command(
        forms.ReachMilestone,
        right=SPEAKS_FOR_LEAD,
        acts=_on(Milestone.check_can_be_reached),
    )
    def reach_milestone(self, session: Session, *, milestone_id: str) -> dict[str, Any]:
        milestone = _milestone_led(session, milestone_id)
        return milestone_view(commands.reach_milestone(session, milestone=milestone))

    @command(forms.ChangeProject, right=SPEAKS_FOR_LEAD, acts=Acts(Project, Project.check_open, keys=_of_lead))
    def change_project(self, session: Session, *, project_id: str, **changed: Any) -> dict[str, Any]:
        return project_view(session)(correcting.change_project(session, project=_led(session, project_id), **changed))

    @command(forms.CloseProject, right=SPEAKS_FOR_LEAD, acts=Acts(Project, Project.check_open, keys=_of_lead))
    def close_project(self, session: Session, *, project_id: str, **how: Any) -> dict[str, Any]:
        return project_view(session)(correcting.close_project(session, project=_led(session, project_id), **how))

    @command(forms.ReopenProject, right=SPEAKS_FOR_LEAD, acts=Acts(Project, Project.check_closed, keys=_of_lead))
    def reopen_project(self, session: Session, *, project_id: str, reason: str) -> dict[str, Any]:
        days = self.runtime.settings.of(AgreementSettings).reopen_days
        project = correcting.reopen_project(session, project=_led(session, project_id), reason=reason, days=days)
        return project_view(session)(project)

    @command(
        forms.ChangeMilestone,
        right=SPEAKS_FOR_LEAD,
        acts=_on(Milestone.check_can_be_changed),
    )
    def change_milestone(self, session: Session, *, milestone_id: str, **changed: Any) -> dict[str, Any]:
        milestone = _milestone_led(session, milestone_id)
        return milestone_view(correcting.change_milestone(session, milestone=milestone, **changed))

    @command(
        forms.ReopenMilestone,
        right=SPEAKS_FOR_LEAD,
        acts=_on(Milestone.check_can_be_reopened),
    )
    def reopen_milestone(self, session: Session, *, milestone_id: str, reason: str) -> dict[str, Any]:
        milestone = _milestone_led(session, milestone_id)
        return milestone_view(correcting.reopen_milestone(session, milestone=milestone, reason=reason))

    @query(forms.Projects, right=SIGNED_IN, shows=SEES_PROJECT)
    def projects(self, session: Session, **which: Any) -> dict[str, Any]:
        return queries.projects(session, **which).view(project_view(session))

    @query(ByIds, shows=SEES_PROJECT | ANSWERS_FOR)
    def projects_by_id(self, session: Session, *, ids: list[str]) -> list[dict[str, Any]]:
        return rendered(queries.projects_by_id(session, ids), project_view(session))

    @query(forms.ActionsOnProjects, shows=SEES_PROJECT | ANSWERS_FOR)
    def actions_on_projects(self, session: Session, *, project_ids: list[str]) -> list[dict[str, Any]]:
        found = queries.projects_by_id(session, project_ids)
        return self.actions_on(session, found, kind=Project, whose="project_id")

    @query(forms.ActionsOnMilestones, shows=SEES_PROJECT)
    def actions_on_milestones(self, session: Session, *, milestone_ids: list[str]) -> list[dict[str, Any]]:
        found = queries.milestones_by_id(session, milestone_ids)
        return self.actions_on(session, found, kind=Milestone, whose="milestone_id")

    @query(forms.HistoryOfProjects, shows=SPEAKS_FOR_LEAD)
    def history_of_projects(
        self, session: Session, *, project_ids: list[str], stretch: Stretch
    ) -> list[dict[str, Any]]:
        """For those who lead: who was asked and has not accepted is known to them alone."""
        found = concerning(session, SPEAKS_FOR_LEAD, queries.projects_by_id(session, project_ids), keys=_of_lead)
        return histories(session, found, whose="project_id", stretch=stretch)

    @query(forms.ProjectInvitations, right=SIGNED_IN, shows=ANSWERS_FOR)
    def project_invitations(self, session: Session, **which: Any) -> dict[str, Any]:
        return queries.project_invitations(session, **which).view(project_view(session))

    @query(forms.Milestones, shows=SEES_PROJECT)
    def milestones(self, session: Session, *, project_ids: list[str]) -> list[dict[str, Any]]:
        return rendered(queries.milestones(session, project_ids=project_ids), milestone_view)

    @query(ByIds, shows=SEES_PROJECT)
    def milestones_by_id(self, session: Session, *, ids: list[str]) -> list[dict[str, Any]]:
        return rendered(queries.milestones_by_id(session, ids), milestone_view)


def _led(session: Session, project_id: str) -> Project:
    """The project, for whoever speaks for its lead."""
    require_signed_in(session)
    project = queries.project(session, project_id)
    require(session, SPEAKS_FOR_LEAD, lead_organization_id=project.lead_organization_id)
    return project


def _milestone_led(session: Session, milestone_id: str) -> Milestone:
    """The milestone, for whoever speaks for the lead of its project."""
    milestone = queries.milestone(session, milestone_id)
    require(session, SPEAKS_FOR_LEAD, lead_organization_id=milestone.project.lead_organization_id)
    return milestone
