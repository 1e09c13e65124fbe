"""What can be done about alliances through the graph."""

from __future__ import annotations

import graphene

from contracts.alliances.registry import alliances_forms as forms
from gateway.graph.alliances.registry.alliances.types import Alliance
from gateway.graph.commands import command


class AllianceRegistryMutations(graphene.ObjectType):
    """Alliances are entered here."""

    found_alliance = command(forms.FoundAlliance, gives=Alliance)
