"""Notices of roles: whoever gets or loses one is told, and the hub office of everybody who joins or leaves it."""

from contracts.alliances.authority.roles import RoleGranted, RoleRevoked
from contracts.authority import ROLE_WORDS, Role, Scope
from services.notify.telling.audiences import hub_office
from services.notify.telling.facts import words
from services.notify.telling.reasons import Addressed, Reason
from services.notify.telling.rule import Rule

_role = words("role", ROLE_WORDS)


def whose_role(message: RoleGranted | RoleRevoked) -> list[Addressed]:
    """The one person whose role it is."""
    return [Addressed(Reason.ROLE_CHANGED, Scope.person(message.person))]


def office_itself(message: RoleGranted | RoleRevoked) -> list[Addressed]:
    """The hub office, where it is itself concerned."""
    return hub_office(message) if message.role == Role.HUB_OFFICE else []


RULES = (
    Rule(RoleGranted, whose_role, office_itself, role=_role, since="granted_at"),
    Rule(RoleRevoked, whose_role, office_itself, role=_role, until="revoked_at"),
)
