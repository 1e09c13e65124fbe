"""Notices of competitions: to the members of the alliance of new ones and new times, to those who have entered of changes."""

from contracts.authority import Scope
from contracts.events.attachments.attachments import AttachmentAdded, AttachmentRemoved, AttachmentReplaced
from contracts.events.editions.cancelling import CompetitionCancelled, CompetitionReinstated, Concerned
from contracts.events.editions.competitions import (
    AboutEdition,
    CompetitionPostponed,
    CompetitionPublished,
    CompetitionRenamed,
    EntryWindowMoved,
    RulesAmended,
)
from contracts.events.editions.presentations import VenueMoved
from services.notify.telling.audiences import representatives_of_all, supervisors, the_people
from services.notify.telling.reasons import Addressed, Reason
from services.notify.telling.rule import Rule


def representatives_of_members(message: AboutEdition) -> list[Addressed]:
    """Those of every member organisation of the alliance that holds the competition, if one does."""
    return [Addressed(Reason.REPRESENTATIVE, Scope.alliance(message.alliance_id))] if message.alliance_id else []


def delegations(message: Concerned) -> list[Addressed]:
    """Who leads the delegation of a province that has entered."""
    if not message.series_id:
        return []
    scopes = (Scope.delegation(message.series_id, province) for province in message.provinces)
    return [Addressed(Reason.DELEGATION_LEADER, scope) for scope in scopes]


EVERYBODY = (
    representatives_of_all,
    representatives_of_members,
    delegations,
    the_people(Reason.JUDGING),
    supervisors,
)
"""Whom all of an edition concerns."""

RULES = (
    Rule(CompetitionPublished, representatives_of_members, deadline="closes_at"),
    Rule(RulesAmended, representatives_of_all),
    Rule(CompetitionRenamed, representatives_of_all),
    Rule(EntryWindowMoved, representatives_of_all, representatives_of_members, opens="opens_at", closes="closes_at"),
    Rule(CompetitionPostponed, representatives_of_all, representatives_of_members),
    Rule(CompetitionCancelled, *EVERYBODY),
    Rule(CompetitionReinstated, *EVERYBODY, opens="opens_at", closes="closes_at"),
    Rule(VenueMoved, *EVERYBODY),
    Rule(AttachmentAdded, representatives_of_all),
    Rule(AttachmentReplaced, representatives_of_all),
    Rule(AttachmentRemoved, representatives_of_all),
)
