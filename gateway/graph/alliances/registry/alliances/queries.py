"""What can be asked of alliances in the graph."""

from __future__ import annotations

import graphene

from contracts.alliances.registry import alliances_forms as forms
from gateway.graph.alliances.registry.alliances.types import Alliance, AllianceEntry
from gateway.graph.queries import listed, one


class AllianceRegistryQueries(graphene.ObjectType):
    """Alliances; public."""

    alliances = listed(forms.Alliances, Alliance)
    alliance = one(Alliance, "One alliance. Public.")
    alliance_history = listed(forms.AllianceHistory, AllianceEntry)
