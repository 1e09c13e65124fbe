"""What can be done about organisations through the graph."""

from __future__ import annotations

import graphene

from contracts.alliances.registry import organizations_forms as forms
from gateway.graph.alliances.registry.organizations.types import Organization
from gateway.graph.commands import command


class OrganizationsMutations(graphene.ObjectType):
    """Organisations are entered and changed here."""

    register_organization = command(forms.RegisterOrganization, gives=Organization)
    change_organization = command(forms.ChangeOrganization, gives=Organization)
    rename_organization = command(forms.RenameOrganization, gives=Organization)
    withdraw_organization_name = command(forms.WithdrawOrganizationName, gives=Organization)
    move_organization = command(forms.MoveOrganization, gives=Organization)
    withdraw_organization_move = command(forms.WithdrawOrganizationMove, gives=Organization)
    retire_organization = command(forms.RetireOrganization, gives=Organization)
    reopen_organization = command(forms.ReopenOrganization, gives=Organization)
