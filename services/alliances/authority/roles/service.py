"""Authority on the wire."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from contracts.alliances.authority import roles_forms as forms
from contracts.alliances.authority.roles import OfficeTakesTwo
from contracts.authority import Role, Scope, ScopeType
from kit.calls.rpc import command, query
from kit.calls.service import Service
from kit.data.db import Session
from kit.data.paging import Page
from kit.rights.asking import holds, require
from kit.rights.grants import Grant
from kit.rights.right import HUB_OFFICE, SIGNED_IN, Right
from kit.work.timers import on_due
from services.alliances.authority.roles import commands, grounding, queries
from services.alliances.authority.roles.appointing import keys_of
from services.alliances.authority.roles.knowing import check_known
from services.alliances.authority.roles.schemas import grant_view, grant_views
from services.alliances.rights import HANDS_OVER_ROLES, PASSES_ON_ROLES, SEES_HOLDERS

PROVINCE_OF_SCOPE = "province of a scope"
"""`def province_of(self, session, scope)` gives the code of the province in which a scope lies, None for any other scope."""


class RolesService(Service):
    """Roles. The hub office gives any but its own; a secretariat and a representative take in others of their kind."""

    @command(forms.GrantRole, right=PASSES_ON_ROLES)
    def grant_role(
        self,
        session: Session,
        *,
        person: str,
        role: Role,
        scope_type: str,
        scope_id: str,
        until: datetime | None = None,
    ) -> dict[str, Any]:
        scope = Scope(scope_type, scope_id)
        require_on(session, PASSES_ON_ROLES, role, scope)
        check_known(self, session, person)
        ground = commands.appointment_until(session, role, scope, until)
        return shown(session, commands.grant_role(session, person=person, role=role, scope=scope, ground=ground))

    @command(forms.RevokeRole, right=PASSES_ON_ROLES)
    def revoke_role(
        self, session: Session, *, person: str, role: Role, scope_type: str, scope_id: str
    ) -> dict[str, Any]:
        scope = Scope(scope_type, scope_id)
        require_on(session, PASSES_ON_ROLES, role, scope)
        if not holds(session, HUB_OFFICE):
            commands.check_not_above(session, person=person, role=role, scope=scope)
        return shown(session, commands.revoke_role(session, person=person, role=role, scope=scope))

    @command(forms.HandOverRole, right=HANDS_OVER_ROLES)
    def hand_over_role(
        self, session: Session, *, person: str, role: Role, scope_type: str, scope_id: str
    ) -> dict[str, Any]:
        scope = Scope(scope_type, scope_id)
        require_on(session, HANDS_OVER_ROLES, role, scope)
        check_known(self, session, person)
        return shown(session, commands.hand_over_role(session, person=person, role=role, scope=scope))

    @query(forms.Holders, right=SEES_HOLDERS)
    def holders(self, session: Session, *, scope_type: str, scope_id: str, **which: Any) -> dict[str, Any]:
        scope = Scope(scope_type, scope_id)
        require_to_see(self, session, scope)
        return _listed(session, queries.grants_on(session, scope, **which))

    @query(forms.MyGrants, right=SIGNED_IN)
    def my_grants(self, session: Session, **which: Any) -> dict[str, Any]:
        return _listed(session, queries.grants_of(session, session.viewer.id, **which))

    @on_due(grounding.END_GROUND)
    def end_ground(self, session: Session, ground_id: str) -> None:
        grounding.end_ground(session, ground_id)


def shown(session: Session, grant: Grant) -> dict[str, Any]:
    """One grant as it looks from outside."""
    return grant_view(grant, queries.grounds_of(session, [grant])[grant.id])


def _listed(session: Session, grants: Page[Grant]) -> dict[str, Any]:
    return grants.view(grant_views(queries.grounds_of(session, grants.rows)))


def require_on(session: Session, right: Right, role: Role, scope: Scope) -> None:
    """Go on only for who may give and take this role; a scope of another kind is nobody's but the hub office's."""
    require(session, right, **keys_of(role, scope))
    if role == Role.HUB_OFFICE:
        raise OfficeTakesTwo("role")


def require_to_see(service: Service, session: Session, scope: Scope) -> None:
    """Go on only for who may know who holds a role on a scope."""
    kinds = {str(each): each == scope.type for each in ScopeType}
    require(session, SEES_HOLDERS, scope_id=scope.id, within=_province_of(service, session, scope), **kinds)


def _province_of(service: Service, session: Session, scope: Scope) -> str | None:
    """In which province a scope lies; the families above know of their own things."""
    if scope.type in {"province", "delegation"}:
        return scope.id.rpartition(":")[2]
    found = (province_of(session, scope) for province_of in service.hooked(PROVINCE_OF_SCOPE))
    return next((code for code in found if code), None)
