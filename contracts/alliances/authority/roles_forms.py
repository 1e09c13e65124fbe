"""The forms of roles: giving one, taking it back, and asking for one's own."""

from __future__ import annotations

from contracts.authority import Role, ScopeType
from contracts.forms import Input, Page, choice, person, text


class _RoleOnScope(Input):
    person = person(says="The person who holds the role.")
    role = choice(Role, says="The role.")
    scope_type = choice(ScopeType, says="The kind of scope that the role is held on.")
    scope_id = text(max=64, says="The scope itself: its plain id, the code of a region, or `hub`.")


class GrantRole(_RoleOnScope):
    """Grant a role. For the hub office, and for those who hold the same role on the same scope."""


class RevokeRole(_RoleOnScope):
    """Revoke a role. For the hub office, and for those who hold the same role on the same scope."""


class MyGrants(Page):
    """The roles that the viewer holds."""
