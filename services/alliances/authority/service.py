"""Authority on the wire."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from contracts.alliances import authority_forms as forms
from contracts.authority import Role, Scope
from kit.authz import Grant, Right, require, require_signed_in
from kit.calls.rpc import command, query
from kit.calls.service import Service
from kit.data.db import Session
from kit.data.paging import page
from services.alliances.authority import commands
from services.alliances.authority.schemas import grant_view


class AuthorityService(Service):
    """Roles. The hub office gives any; a secretariat and a representative take in others of their own kind."""

    @command(forms.GrantRole)
    def grant_role(
        self, session: Session, *, person: str, role: Role, scope_type: str, scope_id: str
    ) -> dict[str, Any]:
        scope = Scope(scope_type, scope_id)
        require(session, *_may_pass_on(role, scope))
        return grant_view(commands.grant_role(session, person=person, role=role, scope=scope))

    @command(forms.RevokeRole)
    def revoke_role(
        self, session: Session, *, person: str, role: Role, scope_type: str, scope_id: str
    ) -> dict[str, Any]:
        scope = Scope(scope_type, scope_id)
        require(session, *_may_pass_on(role, scope))
        return grant_view(commands.revoke_role(session, person=person, role=role, scope=scope))

    @query(forms.MyGrants)
    def my_grants(self, session: Session, **which: Any) -> dict[str, Any]:
        require_signed_in(session)
        mine = select(Grant).where(Grant.person == session.viewer.id, Grant.revoked_at.is_(None)).order_by(Grant.id)
        return page(session, mine, **which).view(grant_view)


def _may_pass_on(role: Role, scope: Scope) -> list[Right]:
    """Who besides the hub office may give or take this role: those who hold it on the same scope.

    The leader of a delegation is named by the office of its province. Supervisors and arbitrators are named by the hub
    office alone, for they are there to be independent of the organisers.
    """
    if role == Role.DELEGATION_LEADER:
        return [(Role.PROVINCE_OFFICE, Scope.province(scope.id.rpartition(":")[2]))]
    return [(role, scope)] if role in {Role.SECRETARIAT, Role.REPRESENTATIVE, Role.ORGANIZER} else []
