"""What can be done about phases through the graph."""

from __future__ import annotations

import graphene

from gateway.graph.events.editions.phases.types import Phase
from gateway.graph.relay import Command, node_id
from gateway.graph.times import DateTime


class MovePhase(Command):
    """Give a phase of a published competition other times; whoever has entered is told. For the organisers."""

    class Meta:
        service = "events"
        result = "phase"

    class Input:
        phase_id = node_id("Phase", required=True)
        opens_at = DateTime(required=True, description="Without effect where it is open already.")
        closes_at = DateTime(required=True)
        reason = graphene.String(required=True)

    phase = graphene.Field(Phase)


class PhaseMutations(graphene.ObjectType):
    move_phase = MovePhase.Field()
