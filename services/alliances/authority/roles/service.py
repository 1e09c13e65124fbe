"""Authority on the wire."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from contracts.alliances.authority import roles_forms as forms
from contracts.alliances.authority.roles import OfficeTakesTwo
from contracts.authority import SCOPE_OF_ROLE, Role, Scope
from kit.calls.rpc import command, query
from kit.calls.service import Service
from kit.data.db import Session
from kit.data.paging import page
from kit.rights.asking import holds, require
from kit.rights.grants import Grant
from kit.rights.right import HUB_OFFICE, SIGNED_IN
from services.alliances.authority.roles import commands
from services.alliances.authority.roles.schemas import grant_view
from services.alliances.rights import PASSES_ON_ROLES


class RolesService(Service):
    """Roles. The hub office gives any but its own; a secretariat and a representative take in others of their kind."""

    @command(forms.GrantRole, right=PASSES_ON_ROLES)
    def grant_role(
        self, session: Session, *, person: str, role: Role, scope_type: str, scope_id: str
    ) -> dict[str, Any]:
        scope = Scope(scope_type, scope_id)
        _require_to_pass_on(session, role, scope)
        return grant_view(commands.grant_role(session, person=person, role=role, scope=scope))

    @command(forms.RevokeRole, right=PASSES_ON_ROLES)
    def revoke_role(
        self, session: Session, *, person: str, role: Role, scope_type: str, scope_id: str
    ) -> dict[str, Any]:
        scope = Scope(scope_type, scope_id)
        _require_to_pass_on(session, role, scope)
        if not holds(session, HUB_OFFICE):
            commands.check_not_above(session, person=person, role=role, scope=scope)
        return grant_view(commands.revoke_role(session, person=person, role=role, scope=scope))

    @query(forms.MyGrants, right=SIGNED_IN)
    def my_grants(self, session: Session, **which: Any) -> dict[str, Any]:
        mine = select(Grant).where(Grant.person == session.viewer.id, Grant.revoked_at.is_(None)).order_by(Grant.id)
        return page(session, mine, **which).view(grant_view)


def _require_to_pass_on(session: Session, role: Role, scope: Scope) -> None:
    """Go on only for who may give and take this role; a scope of another kind is nobody's but the hub office's."""
    keys = {
        "scope_id": scope.id if scope.type == SCOPE_OF_ROLE[role] else None,
        "province": scope.id.rpartition(":")[2],
    }
    require(session, PASSES_ON_ROLES, **keys, **{each: each == role for each in Role})
    if role == Role.HUB_OFFICE:
        raise OfficeTakesTwo("role")
