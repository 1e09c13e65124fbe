"""Notices of invitations that could not be sent: who has invited is told."""

from contracts.authority import ROLE_WORDS, Scope
from contracts.notify.invitations import InvitationLetterNotDelivered, InvitationNotDelivered
from services.notify.telling.facts import words
from services.notify.telling.reasons import Addressed, Reason
from services.notify.telling.rule import Rule


def inviter(message: InvitationNotDelivered | InvitationLetterNotDelivered) -> list[Addressed]:
    """Who has sent the invitation."""
    return [Addressed(Reason.INVITED_OTHERS, Scope.person(message.invited_by))]


RULES = (
    Rule(InvitationNotDelivered, inviter, role=words("role", ROLE_WORDS)),
    Rule(InvitationLetterNotDelivered, inviter),
)
