"""Phases in the graph."""

from __future__ import annotations

import graphene

from contracts.events.editions import phases as contract
from gateway.graph.enums import enum
from gateway.graph.relay import NodeType
from gateway.graph.times import DateTime

PhaseKind = enum(contract.PhaseKind)
PhaseState = enum(contract.PhaseState)


class Phase(NodeType):
    """A dated part of a round (阶段), as that of judging; the scheduler opens and closes it."""

    class Meta:
        loader = PhaseLoader

    kind = graphene.Field(PhaseKind, required=True)
    opens_at = DateTime(required=True)
    closes_at = DateTime(required=True)
    state = graphene.Field(PhaseState, required=True)
