"""Notices of sightings: whose data somebody has read is told who it was, and why."""

from contracts.alliances.people.sightings import PersonSeen
from contracts.authority import Scope
from services.notify.telling.reasons import Addressed, Reason
from services.notify.telling.rule import Rule


def themselves(message: PersonSeen) -> list[Addressed]:
    """The person, by each account that they have."""
    accounts = message.accounts or ([message.account] if message.account else [])
    return [Addressed(Reason.ON_RECORD, Scope.person(account)) for account in accounts]


RULES = (Rule(PersonSeen, themselves).naming("seen_by"),)
