"""Notices of mergers: the representatives of both organisations are told."""

from contracts.alliances.merging.mergers import GROUND_WORDS, MergerMessage, OrganizationsMerged, OrganizationsUnmerged
from services.notify.telling.audiences import representing
from services.notify.telling.facts import words
from services.notify.telling.reasons import Addressed
from services.notify.telling.rule import Rule


def representatives_of_both(message: MergerMessage) -> list[Addressed]:
    return representing(message.survivor.id, message.other.id)


RULES = (
    Rule(OrganizationsMerged, representatives_of_both, ground=words("ground", GROUND_WORDS)),
    Rule(OrganizationsUnmerged, representatives_of_both),
)
