"""The forms of roles: giving one, taking it back, handing it over, and asking who holds which."""

from __future__ import annotations

from contracts.authority import Role, ScopeType
from contracts.browsing import Browsed
from contracts.forms import Input, choice, instant, person, text

_UNTIL = (
    "When it ends by itself; as long as the giver's own role where it is left out, which of most roles is for good."
)


class _Scope(Input):
    scope_type = choice(ScopeType, says="The kind of scope that the role is held on.")
    scope_id = text(max=64, says="The scope itself: its plain id, the code of a region, or `hub`.")


class _RoleOnScope(_Scope):
    person = person(says="The person who holds the role.")
    role = choice(Role, says="The role.")


class GrantRole(_RoleOnScope):
    """Grant a role, or prolong one that is held. For the hub office, and for those who hold the same role on the same scope."""

    until = instant(required=False, says=_UNTIL)


class RevokeRole(_RoleOnScope):
    """Revoke a role. For the hub office, and for those who hold the same role on the same scope."""


class HandOverRole(_Scope):
    """Hand over one's own role: somebody else holds it from now on, and the viewer no longer does. Also for the last holder."""

    person = person(says="The person who takes the role over.")
    role = choice(Role, says="The role: that of a secretariat, an organiser or a representative.")


class Holders(_Scope, Browsed):
    """Who holds which role on a scope. For those who hold one there, the office of its province, and the hub office."""


class MyGrants(Browsed):
    """The roles that the viewer holds."""
