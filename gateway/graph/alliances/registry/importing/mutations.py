"""Importing organisations through the graph."""

from __future__ import annotations

import graphene

from contracts.alliances.registry import importing_forms as forms
from gateway.graph.alliances.registry.importing.types import OrganizationsPreview
from gateway.graph.commands import command


class ImportMutations(graphene.ObjectType):
    """A sheet is looked at, and then entered."""

    preview_organizations = command(forms.PreviewOrganizations, gives={"preview": OrganizationsPreview})
    import_organizations = command(forms.ImportOrganizations, gives="Job")
