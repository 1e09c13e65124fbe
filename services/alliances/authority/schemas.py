"""The forms of input about roles, and how a grant looks from outside."""

from __future__ import annotations

from typing import Any

from contracts.authority import Role
from contracts.forms import Input, Page, choice, person, text
from kit.rights.grants import Grant


class RoleOnScope(Input):
    person = person()
    role = choice(Role)
    scope_type = text(max=20)
    scope_id = text(max=64)


class Mine(Page):
    """The viewer's own grants."""


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
