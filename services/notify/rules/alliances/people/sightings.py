"""Notices of sightings: whose data somebody has read is told who it was, and why."""

from contracts.alliances.people.sightings import PersonSeen
from contracts.authority import Scope
from services.notify.telling.reasons import Addressed, Reason
from services.notify.telling.rule import Rule


def themselves(message: PersonSeen) -> list[Addressed]:
    """The person, where they have an account."""
    return [Addressed(Reason.ON_RECORD, Scope.person(message.account))] if message.account else []


RULES = (Rule(PersonSeen, themselves).naming("seen_by"),)
