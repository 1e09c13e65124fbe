"""Importing members through the graph."""

from __future__ import annotations

import graphene

from contracts.alliances.membership import importing_forms as forms
from gateway.graph.alliances.membership.importing.types import MembersPreview
from gateway.graph.commands import command


class MemberImportMutations(graphene.ObjectType):
    """A sheet is looked at, and then carried out."""

    preview_members = command(forms.PreviewMembers, gives={"preview": MembersPreview})
    import_members = command(forms.ImportMembers, gives="Job")
