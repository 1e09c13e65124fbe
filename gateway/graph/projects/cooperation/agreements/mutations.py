"""What can be done about cooperation projects through the graph."""

from __future__ import annotations

import graphene

from contracts.projects.cooperation import agreements_forms as forms
from gateway.graph.commands import command
from gateway.graph.projects.cooperation.agreements.types import Milestone, Project


class AgreementMutations(graphene.ObjectType):
    """Projects are opened, reported on, corrected and closed here, and organisations answer whether they take part."""

    open_project = command(forms.OpenProject, gives=Project)
    accept_participation = command(forms.AcceptParticipation, gives=Project)
    decline_participation = command(forms.DeclineParticipation, gives=Project)
    withdraw_participation = command(forms.WithdrawParticipation, gives=Project)
    reach_milestone = command(forms.ReachMilestone, gives=Milestone)
    change_project = command(forms.ChangeProject, gives=Project)
    close_project = command(forms.CloseProject, gives=Project)
    reopen_project = command(forms.ReopenProject, gives=Project)
    change_milestone = command(forms.ChangeMilestone, gives=Milestone)
    reopen_milestone = command(forms.ReopenMilestone, gives=Milestone)
