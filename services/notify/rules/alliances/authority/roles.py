"""Notices of roles: whoever gets, keeps or loses one is told, and the hub office of what concerns it."""

from contracts.alliances.authority.roles import RoleGranted, RoleKept, RoleProlonged, RoleRevoked
from contracts.authority import ROLE_WORDS, Role, Scope
from services.notify.telling.audiences import hub_office
from services.notify.telling.facts import words
from services.notify.telling.reasons import Addressed, Reason
from services.notify.telling.rule import Rule

_role = words("role", ROLE_WORDS)


def whose_role(message: RoleGranted | RoleProlonged | RoleKept | RoleRevoked) -> list[Addressed]:
    """The one person whose role it is."""
    return [Addressed(Reason.ROLE_CHANGED, Scope.person(message.person))]


def office_itself(message: RoleGranted | RoleRevoked) -> list[Addressed]:
    """The hub office, where it is itself concerned."""
    return hub_office(message) if message.role == Role.HUB_OFFICE else []


RULES = (
    Rule(RoleGranted, whose_role, office_itself, role=_role, since="granted_at").naming("person"),
    Rule(RoleProlonged, whose_role, role=_role).naming("person"),
    Rule(RoleKept, whose_role, hub_office, role=_role).naming("person"),
    Rule(RoleRevoked, whose_role, office_itself, role=_role, until="revoked_at").naming("person"),
)
