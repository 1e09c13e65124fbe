"""The forms of a competition's team: who organises, supervises, judges, arbitrates and leads a delegation there."""

from __future__ import annotations

from typing import Any

from marshmallow import validate
from marshmallow.fields import Enum

from contracts.authority import Role
from contracts.browsing import Browsed, ByAge, ordered
from contracts.forms import choice, flag, identifier
from contracts.refusals import NotOneOf

TEAM = (Role.ORGANIZER, Role.SUPERVISOR, Role.ARBITRATOR, Role.DELEGATION_LEADER, Role.JUDGE)
"""The roles that somebody has in a competition."""


def _role_there() -> Enum[Any]:
    found = choice(Role, required=False, says="Only those with this role: one of those that are held in a competition.")
    found.validators.append(validate.OneOf(TEAM, error=f"{NotOneOf.code} choices={', '.join(TEAM)}"))
    return found


class Team(Browsed):
    """Who has a role in a competition, by when they were given it. For those who run or supervise it."""

    competition_id = identifier("Competition", says="The competition whose team is asked for.")
    role = _role_there()
    former = flag(required=False, says="Those too whose role or seat has ended.")
    order_by = ordered(ByAge)
