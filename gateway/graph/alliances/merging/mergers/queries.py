"""What can be asked about mergers in the graph."""

from __future__ import annotations

import graphene

from contracts.alliances.merging import mergers_forms as forms
from gateway.graph.alliances.merging.mergers.types import DuplicatePair, MergePreview, Merger
from gateway.graph.queries import answered, listed


class MergersQueries(graphene.ObjectType):
    """Who may be registered twice, what a merger would do, and the mergers that were made."""

    duplicates = listed(forms.Duplicates, DuplicatePair)
    preview_merge = answered(forms.PreviewMerge, MergePreview)
    mergers = listed(forms.Mergers, Merger)
