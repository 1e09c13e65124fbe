"""What can be done about phases through the graph."""

from __future__ import annotations

import graphene

from contracts.events.editions import phases_forms as forms
from gateway.graph.commands import command
from gateway.graph.events.editions.phases.types import Phase


class PhaseMutations(graphene.ObjectType):
    """Phases move here."""

    move_phase = command(forms.MovePhase, gives=Phase)
