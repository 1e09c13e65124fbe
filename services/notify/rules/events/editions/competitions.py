"""Notices of competitions: published to the members of the alliance, amended to those who have entered."""

from contracts.authority import Scope
from contracts.events.editions.competitions import CompetitionPublished, RulesAmended
from services.notify.telling.audiences import representatives_of_all
from services.notify.telling.reasons import Addressed, Reason
from services.notify.telling.rule import Rule


def representatives_of_members(message: CompetitionPublished) -> list[Addressed]:
    """Those of every member organisation of the alliance that holds the competition, if one does."""
    return [Addressed(Reason.REPRESENTATIVE, Scope.alliance(message.alliance_id))] if message.alliance_id else []


RULES = (
    Rule(CompetitionPublished, representatives_of_members, deadline="closes_at"),
    Rule(RulesAmended, representatives_of_all),
)
