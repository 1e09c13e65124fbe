"""Notices of entries: told to those who enter and those who hold the competition."""

from contracts.authority import Scope
from contracts.events.admission.entries import EntriesClosed, EntriesDue, EntrySubmitted, EntryWithdrawn
from services.notify.telling.audiences import organizers, representatives, representatives_of_all
from services.notify.telling.reasons import Addressed, Reason
from services.notify.telling.rule import Rule


def leaders_without_entries(message: EntriesDue) -> list[Addressed]:
    """Those who lead the delegations of these provinces to the series."""
    if message.series_id is None:
        return []
    scopes = [Scope.delegation(message.series_id, province) for province in message.provinces]
    return [Addressed(Reason.DELEGATION_LEADER, scope) for scope in scopes]


RULES = (
    Rule(EntrySubmitted, organizers, representatives),
    Rule(EntryWithdrawn, organizers, representatives),
    Rule(EntriesClosed, organizers, deadline="closes_at"),
    Rule(EntriesDue, leaders_without_entries, representatives_of_all, deadline="closes_at"),
)
