"""What can be asked of the registry in the graph."""

from __future__ import annotations

import graphene

from contracts.alliances import registry_forms as forms
from gateway.graph.alliances.registry.types import Alliance, Organization
from gateway.graph.queries import listed, one


class RegistryQueries(graphene.ObjectType):
    """Organisations and alliances; public."""

    organizations = listed(forms.Organizations, Organization)
    alliances = listed(forms.Alliances, Alliance)
    alliance = one(Alliance, "One alliance. Public.")
