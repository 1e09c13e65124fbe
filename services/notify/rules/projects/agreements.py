"""Notices of cooperation projects: who is asked to take part, what they answer, and who takes part."""

from contracts.projects.cooperation.agreements import (
    InvitationsLapsed,
    ParticipantsInvited,
    ParticipationAccepted,
    ParticipationDeclined,
    ParticipationWithdrawn,
    ProjectOpened,
)
from services.notify.telling.audiences import representatives, representatives_of_all, representing
from services.notify.telling.reasons import Addressed
from services.notify.telling.rule import Rule


def participants(message: ProjectOpened) -> list[Addressed]:
    """Those of the organisation that leads, and of all that take part."""
    return representing(message.lead_organization.id, *message.participant_ids)


def lead(message: ParticipationAccepted | ParticipationDeclined | InvitationsLapsed) -> list[Addressed]:
    """Those of the organisation that leads."""
    return representing(message.lead_organization.id)


RULES = (
    Rule(ProjectOpened, participants, project="title", organization="lead_organization"),
    Rule(ParticipantsInvited, representatives_of_all, project="title"),
    Rule(ParticipationAccepted, lead, project="title"),
    Rule(ParticipationDeclined, lead, project="title"),
    Rule(ParticipationWithdrawn, representatives, project="title"),
    Rule(InvitationsLapsed, lead, project="title"),
)
