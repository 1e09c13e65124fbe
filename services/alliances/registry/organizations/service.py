"""Organisations on the wire."""

from __future__ import annotations

from datetime import date
from typing import Any

from contracts.alliances.registry import organizations_forms as forms
from contracts.authority import Role, Scope
from contracts.browsing import Stretch
from contracts.forms import ByIds
from contracts.ids import is_id
from contracts.refusals import NotFound
from contracts.regions import province_of
from kit.calls.acting import Acts
from kit.calls.asked import each_answered
from kit.calls.histories import concerning, histories
from kit.calls.hooks import hook
from kit.calls.rpc import command, query
from kit.calls.service import Service
from kit.data.db import Session
from kit.data.rendering import rendered
from kit.rights.asking import require
from kit.work.timers import on_due
from services.alliances.authority.roles.commands import grant_role
from services.alliances.authority.roles.knowing import check_known
from services.alliances.authority.roles.service import PROVINCE_OF_SCOPE
from services.alliances.registry.looking_back import history
from services.alliances.registry.naming import period_on, period_view
from services.alliances.registry.organizations import commands, queries
from services.alliances.registry.organizations.model import Organization
from services.alliances.registry.organizations.moving import (
    MOVE_WHEN_DUE,
    move_organization,
    move_when_due,
    to_move,
    withdraw_organization_move,
)
from services.alliances.registry.organizations.renaming import rename_organization, withdraw_organization_name
from services.alliances.registry.organizations.retiring import reopen_organization, retire_organization
from services.alliances.registry.organizations.schemas import (
    found_view,
    name_view,
    organization_change_view,
    organization_view,
    planned_move_view,
)
from services.alliances.registry.organizations.turning import TURN_ORGANIZATION, turn_organization
from services.alliances.rights import CHANGES_ORGANIZATION, ENTERS_IN_PROVINCE, SPEAKS_FOR_ORGANIZATION


def _as_own(organization: Organization) -> dict[str, Any]:
    """What the right to change at least website and introduction looks at."""
    return {"own": True, **organization.keys}


CHANGES = Acts(Organization, Organization.check_stands, keys=_as_own)


class OrganizationsService(Service):
    """Organisations. To enter one takes the hub office, or the office of the province it is in."""

    @command(forms.RegisterOrganization, right=ENTERS_IN_PROVINCE)
    def register_organization(
        self,
        session: Session,
        *,
        region: str | None = None,
        country: str | None = None,
        aliases: list[str] | None = None,
        credit_code: str | None = None,
        representative: str | None = None,
        **entry: Any,
    ) -> dict[str, Any]:
        require(session, ENTERS_IN_PROVINCE, province=province_of(region) if region else None)
        organization = commands.register_organization(
            session, region=region, country=country, credit_code=credit_code, aliases=aliases or [], **entry
        )
        if representative:
            check_known(self, session, representative, "representative")
            grant_role(
                session, person=representative, role=Role.REPRESENTATIVE, scope=Scope.organization(organization.id)
            )
        return organization_view(organization)

    @command(forms.ChangeOrganization, right=CHANGES_ORGANIZATION, acts=CHANGES)
    def change_organization(
        self,
        session: Session,
        *,
        organization_id: str,
        reason: str | None = None,
        aliases: list[str] | None = None,
        **facts: Any,
    ) -> dict[str, Any]:
        organization = queries.organization_to_change(session, organization_id)
        own = set(facts) <= commands.OWN and aliases is None
        require(session, CHANGES_ORGANIZATION, own=own, **organization.keys)
        organization.check_stands("organizationId")
        commands.change_organization(session, organization=organization, reason=reason or "", aliases=aliases, **facts)
        return organization_view(organization)

    @command(forms.RenameOrganization, right=ENTERS_IN_PROVINCE, acts=Acts(Organization, Organization.check_stands))
    def rename_organization(self, session: Session, *, organization_id: str, **names: Any) -> dict[str, Any]:
        organization = self._of_my_province(session, organization_id)
        rename_organization(session, organization=organization, **names)
        return organization_view(organization)

    @command(
        forms.WithdrawOrganizationName, right=ENTERS_IN_PROVINCE, acts=Acts(Organization, Organization.check_stands)
    )
    def withdraw_organization_name(
        self, session: Session, *, organization_id: str, since: date, reason: str
    ) -> dict[str, Any]:
        organization = self._of_my_province(session, organization_id)
        withdraw_organization_name(session, organization=organization, since=since, reason=reason)
        return organization_view(organization)

    @command(forms.MoveOrganization, right=ENTERS_IN_PROVINCE, acts=Acts(Organization, Organization.check_stands))
    def move_organization(
        self,
        session: Session,
        *,
        organization_id: str,
        reason: str,
        region: str | None = None,
        country: str | None = None,
        since: date | None = None,
    ) -> dict[str, Any]:
        organization = self._of_my_province(session, organization_id)
        require(session, ENTERS_IN_PROVINCE, province=province_of(region) if region else None)
        move_organization(
            session, organization=organization, region=region, country=country, since=since, reason=reason
        )
        return organization_view(organization)

    @command(forms.WithdrawOrganizationMove, right=ENTERS_IN_PROVINCE, acts=Acts(Organization, knowing=to_move))
    def withdraw_organization_move(self, session: Session, *, organization_id: str, reason: str) -> dict[str, Any]:
        organization = self._of_my_province(session, organization_id)
        withdraw_organization_move(session, organization=organization, reason=reason)
        return organization_view(organization)

    @on_due(MOVE_WHEN_DUE)
    def move_when_due(self, session: Session, organization_id: str) -> None:
        move_when_due(session, queries.organization_to_change(session, organization_id))

    @query(forms.PlannedMovesOfOrganizations)
    def planned_moves_of_organizations(self, session: Session, *, organization_ids: list[str]) -> list[dict[str, Any]]:
        return rendered(queries.planned_moves(session, organization_ids), planned_move_view)

    @command(
        forms.RetireOrganization, right=ENTERS_IN_PROVINCE, acts=Acts(Organization, Organization.check_can_be_closed)
    )
    def retire_organization(self, session: Session, *, organization_id: str, on: date, reason: str) -> dict[str, Any]:
        organization = self._of_my_province(session, organization_id)
        retire_organization(session, organization=organization, on=on, reason=reason)
        return organization_view(organization)

    @command(
        forms.ReopenOrganization, right=ENTERS_IN_PROVINCE, acts=Acts(Organization, Organization.check_can_be_reopened)
    )
    def reopen_organization(self, session: Session, *, organization_id: str, reason: str) -> dict[str, Any]:
        organization = self._of_my_province(session, organization_id)
        reopen_organization(session, organization=organization, reason=reason)
        return organization_view(organization)

    @on_due(TURN_ORGANIZATION)
    def turn_organization(self, session: Session, organization_id: str) -> None:
        turn_organization(session, queries.organization_to_change(session, organization_id))

    @query(forms.OrganizationHistory, right=SPEAKS_FOR_ORGANIZATION)
    def organization_history(self, session: Session, *, organization_id: str, **which: Any) -> dict[str, Any]:
        organization = queries.organization(session, organization_id)
        require(session, SPEAKS_FOR_ORGANIZATION, **organization.keys)
        return history(session, organization, **which).view(organization_change_view)

    @query(forms.HistoryOfOrganizations, shows=SPEAKS_FOR_ORGANIZATION)
    def history_of_organizations(
        self, session: Session, *, organization_ids: list[str], stretch: Stretch
    ) -> list[dict[str, Any]]:
        found = concerning(session, SPEAKS_FOR_ORGANIZATION, queries.organizations_by_id(session, organization_ids))
        return histories(session, found, whose="organization_id", stretch=stretch)

    @query(forms.NamesOfOrganizations)
    def names_of_organizations(self, session: Session, *, organization_ids: list[str]) -> list[dict[str, Any]]:
        found = queries.organizations_with_names(session, organization_ids)
        return rendered([(each, period) for each in found for period in each.periods], name_view)

    @query(forms.OrganizationNamesOn)
    def organization_names_on(self, session: Session, *, asked: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """What each of them was called on its day, with as many statements for many as for one."""
        ids = {question["organization_id"] for question in asked}
        found = {each.id: each.periods for each in queries.organizations_with_names(session, ids)}

        def answer(*, organization_id: str, day: date) -> dict[str, Any]:
            if organization_id not in found:
                raise NotFound("organizationId")
            return period_view(period_on(found[organization_id], day))

        return each_answered(answer, asked)

    def _of_my_province(self, session: Session, organization_id: str) -> Organization:
        """The organisation, if the viewer may change its entry."""
        organization = queries.organization_to_change(session, organization_id)
        require(session, ENTERS_IN_PROVINCE, province=organization.keys["province"])
        organization.check_stands("organizationId")
        return organization

    @query(forms.ActionsOnOrganizations)
    def actions_on_organizations(self, session: Session, *, organization_ids: list[str]) -> list[dict[str, Any]]:
        found = queries.organizations_by_id(session, organization_ids)
        return self.actions_on(session, found, kind=Organization, whose="organization_id")

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
        return next((province_of(each.region) for each in found if each.region), None)
