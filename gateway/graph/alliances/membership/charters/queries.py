"""What can be asked about charters in the graph."""

from __future__ import annotations

import graphene

from contracts.alliances.membership import charters_forms as forms
from gateway.graph.alliances.membership.charters.types import Charter
from gateway.graph.queries import listed


class ChartersQueries(graphene.ObjectType):
    """The rules of alliances; public."""

    charters = listed(forms.Charters, Charter)
