"""Notices of invitations to a role: who has sent one is told that it was accepted."""

from contracts.alliances.people.invitations import RoleAccepted
from contracts.authority import ROLE_WORDS, Scope
from services.notify.telling.facts import words
from services.notify.telling.reasons import Addressed, Reason
from services.notify.telling.rule import Rule


def inviter(message: RoleAccepted) -> list[Addressed]:
    """Who has sent the invitation."""
    return [Addressed(Reason.INVITED_OTHERS, Scope.person(message.invited_by))]


RULES = (Rule(RoleAccepted, inviter, role=words("role", ROLE_WORDS)).naming("accepted_by"),)
