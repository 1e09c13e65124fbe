"""What can be done about mergers through the graph."""

from __future__ import annotations

import graphene

from contracts.alliances.merging import mergers_forms as forms
from gateway.graph.alliances.merging.mergers.types import Merger
from gateway.graph.commands import command


class MergersMutations(graphene.ObjectType):
    """Two organisations are merged, and parted again."""

    merge_organizations = command(forms.MergeOrganizations, gives=Merger)
    unmerge_organizations = command(forms.UnmergeOrganizations, gives=Merger)
