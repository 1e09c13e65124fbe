"""What can be asked of organisations in the graph."""

from __future__ import annotations

import graphene

from contracts.alliances.registry import organizations_forms as forms
from gateway.graph.alliances.registry.organizations.types import Organization, OrganizationEntry
from gateway.graph.queries import listed


class OrganizationsQueries(graphene.ObjectType):
    """Organisations; public."""

    organizations = listed(forms.Organizations, Organization)
    organization_history = listed(forms.OrganizationHistory, OrganizationEntry)
