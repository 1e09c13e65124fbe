"""What can be asked about pairs that look like one in the graph."""

from __future__ import annotations

import graphene

from contracts.alliances.merging import dismissals_forms as forms
from gateway.graph.alliances.merging.dismissals.types import Dismissal
from gateway.graph.queries import listed


class DismissalsQueries(graphene.ObjectType):
    """The pairs that are not suggested."""

    dismissals = listed(forms.Dismissals, Dismissal)
