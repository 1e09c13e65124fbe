"""Notices of cooperation projects: whoever takes part is told."""

from contracts.projects.cooperation.agreements import ProjectOpened
from services.notify.telling.audiences import representing
from services.notify.telling.reasons import Addressed
from services.notify.telling.rule import Rule


def participants(message: ProjectOpened) -> list[Addressed]:
    """Those of the organisation that leads, and of all that take part."""
    return representing(message.lead_organization.id, *message.participant_ids)


RULES = (Rule(ProjectOpened, participants, project="title", organization="lead_organization"),)
