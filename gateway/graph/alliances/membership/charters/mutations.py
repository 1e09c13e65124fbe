"""What can be done about charters through the graph."""

from __future__ import annotations

import graphene

from contracts.alliances.membership import charters_forms as forms
from gateway.graph.alliances.membership.charters.types import Charter
from gateway.graph.commands import command


class ChartersMutations(graphene.ObjectType):
    """Charters are adopted here."""

    adopt_charter = command(forms.AdoptCharter, gives=Charter)
