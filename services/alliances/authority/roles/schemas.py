"""How grants look from outside."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kit.rights.grants import Grant
from services.alliances.authority.roles.model import GrantGround, end_of
from services.alliances.authority.roles.queries import GroundsOf


def grant_views(grounds: GroundsOf) -> Callable[[Grant], dict[str, Any]]:
    """How each of these grants looks, of which these are the grounds."""
    return lambda grant: grant_view(grant, grounds.get(grant.id, []))


def grant_view(grant: Grant, grounds: list[GrantGround]) -> dict[str, Any]:
    return {
        "id": grant.id,
        "person": grant.person,
        "role": grant.role,
        "scope_type": grant.scope_type,
        "scope_id": grant.scope_id,
        "granted_at": grant.granted_at,
        "revoked_at": grant.revoked_at,
        "until": end_of(grounds),
        "grounds": [_ground_view(ground) for ground in grounds],
    }


def _ground_view(ground: GrantGround) -> dict[str, Any]:
    return {
        "kind": ground.kind,
        "since": ground.given_at,
        "until": ground.until,
        "given_by": ground.given_by,
    }
