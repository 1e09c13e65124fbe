"""What can be done about organisations through the graph."""

from __future__ import annotations

import graphene

from contracts.alliances.registry import organizations_forms as forms
from gateway.graph.alliances.registry.organizations.types import Organization
from gateway.graph.commands import command


class OrganizationsMutations(graphene.ObjectType):
    """Organisations are entered here."""

    register_organization = command(forms.RegisterOrganization, gives=Organization)
