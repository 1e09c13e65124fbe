"""Notices of cooperation projects: whoever takes part is told."""

from contracts.projects import ProjectOpened
from services.notify.rules.audiences import representing
from services.notify.rules.reasons import Addressed
from services.notify.rules.rule import Rule


def participants(message: ProjectOpened) -> list[Addressed]:
    """Those of the organisation that leads, and of all that take part."""
    return representing(message.lead_organization.id, *message.participant_ids)


RULES = (Rule(ProjectOpened, participants, project="title", organization="lead_organization"),)
