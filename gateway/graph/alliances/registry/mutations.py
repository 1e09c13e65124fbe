"""What can be done in the registry through the graph."""

from __future__ import annotations

import graphene

from contracts.alliances import registry_forms as forms
from gateway.graph.alliances.registry.types import Alliance, Organization
from gateway.graph.commands import command


class RegistryMutations(graphene.ObjectType):
    """Organisations and alliances are entered here."""

    register_organization = command(forms.RegisterOrganization, gives=Organization)
    found_alliance = command(forms.FoundAlliance, gives=Alliance)
