"""How a grant looks from outside."""

from __future__ import annotations

from typing import Any

from kit.rights.grants import Grant


def grant_view(grant: Grant) -> dict[str, Any]:
    return {
        "id": grant.id,
        "person": grant.person,
        "role": grant.role,
        "scope_type": grant.scope_type,
        "scope_id": grant.scope_id,
        "granted_at": grant.granted_at,
        "revoked_at": grant.revoked_at,
    }
