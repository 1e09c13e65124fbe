"""What can be done about pairs that look like one through the graph."""

from __future__ import annotations

import graphene

from contracts.alliances.merging import dismissals_forms as forms
from gateway.graph.alliances.merging.dismissals.types import Dismissal
from gateway.graph.commands import command


class DismissalsMutations(graphene.ObjectType):
    """A pair is no longer suggested, or is again."""

    dismiss_duplicate = command(forms.DismissDuplicate, gives=Dismissal)
    restore_duplicate = command(forms.RestoreDuplicate, gives=Dismissal)
