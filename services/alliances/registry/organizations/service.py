"""Organisations on the wire."""

from __future__ import annotations

from typing import Any

from contracts.alliances.registry import organizations_forms as forms
from contracts.authority import Role, Scope
from contracts.forms import ByIds
from contracts.ids import is_id
from contracts.regions import province_of
from kit.calls.hooks import hook
from kit.calls.rpc import command, query
from kit.calls.service import Service
from kit.data.db import Session
from kit.data.rendering import rendered
from kit.rights.asking import require
from services.alliances.authority.roles.commands import grant_role
from services.alliances.authority.roles.service import PROVINCE_OF_SCOPE
from services.alliances.registry.organizations import commands, queries
from services.alliances.registry.organizations.schemas import found_view, organization_view
from services.alliances.rights import ENTERS_IN_PROVINCE


class OrganizationsService(Service):
    """Organisations. To enter one takes the hub office, or the office of the province it is in."""

    @command(forms.RegisterOrganization, right=ENTERS_IN_PROVINCE)
    def register_organization(
        self,
        session: Session,
        *,
        region: str,
        aliases: list[str] | None = None,
        credit_code: str | None = None,
        representative: str | None = None,
        **entry: Any,
    ) -> dict[str, Any]:
        require(session, ENTERS_IN_PROVINCE, province=province_of(region))
        organization = commands.register_organization(
            session, region=region, credit_code=credit_code, aliases=aliases or [], **entry
        )
        if representative:
            grant_role(
                session, person=representative, role=Role.REPRESENTATIVE, scope=Scope.organization(organization.id)
            )
        return organization_view(organization)

    @query(forms.Organizations)
    def organizations(self, session: Session, **which: Any) -> dict[str, Any]:
        return queries.organizations(session, **which).view(organization_view)

    @query(ByIds)
    def organizations_by_id(self, session: Session, *, ids: list[str]) -> list[dict[str, Any]]:
        return rendered(queries.meant_by(session, ids), found_view)

    @hook(PROVINCE_OF_SCOPE)
    def province_of_organization(self, session: Session, scope: Scope) -> str | None:
        found = (
            queries.organizations_by_id(session, [scope.id]) if scope.type == "organization" and is_id(scope.id) else []
        )
        return next((province_of(each.region) for each in found), None)
