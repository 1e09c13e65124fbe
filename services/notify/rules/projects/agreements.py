"""Notices of cooperation projects: who is asked to take part, what they answer, and who takes part."""

from contracts.projects.cooperation.agreements import (
    InvitationsLapsed,
    MilestoneChanged,
    MilestoneDue,
    MilestoneReopened,
    ParticipantsInvited,
    ParticipationAccepted,
    ParticipationDeclined,
    ParticipationDue,
    ParticipationWithdrawn,
    ProjectChanged,
    ProjectClosed,
    ProjectOpened,
    ProjectOutcome,
    ProjectReopened,
)
from services.notify.telling.audiences import representatives, representatives_of_all, representing
from services.notify.telling.facts import words
from services.notify.telling.reasons import Addressed
from services.notify.telling.rule import Rule


def participants(message: ProjectOpened) -> list[Addressed]:
    """Those of the organisation that leads, and of all that take part."""
    return representing(message.lead_organization.id, *message.participant_ids)


def lead(message: ParticipationAccepted | ParticipationDeclined | InvitationsLapsed) -> list[Addressed]:
    """Those of the organisation that leads."""
    return representing(message.lead_organization.id)


OUTCOME_WORDS = {
    ProjectOutcome.COMPLETED: ("已完成", "is completed"),
    ProjectOutcome.ENDED: ("已终止", "was ended"),
}


RULES = (
    Rule(ProjectOpened, participants, project="title", organization="lead_organization"),
    Rule(ParticipantsInvited, representatives_of_all, project="title"),
    Rule(ParticipationAccepted, lead, project="title"),
    Rule(ParticipationDeclined, lead, project="title"),
    Rule(ParticipationWithdrawn, representatives, project="title"),
    Rule(InvitationsLapsed, lead, project="title"),
    Rule(ProjectChanged, representatives_of_all, project="title"),
    Rule(ProjectClosed, representatives_of_all, project="title", status=words("status", OUTCOME_WORDS)),
    Rule(ProjectReopened, representatives_of_all, project="title"),
    Rule(MilestoneChanged, representatives_of_all, project="title"),
    Rule(MilestoneReopened, representatives_of_all, project="title"),
    Rule(MilestoneDue, representatives_of_all, project="title"),
    Rule(ParticipationDue, representatives_of_all, project="title"),
)
