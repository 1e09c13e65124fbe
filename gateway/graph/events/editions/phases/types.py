"""Phases in the graph."""

from __future__ import annotations

import graphene

from contracts.events.editions.phases import PhaseKind, PhaseState
from gateway.graph.enums import enum
from gateway.graph.relay import NodeType
from gateway.graph.times import DateTime


class Phase(NodeType, loads="phases_by_id"):
    """A dated part of a round (阶段), such as judging; the scheduler opens and closes it."""

    kind = graphene.Field(enum(PhaseKind), required=True, description="What it is for.")
    opens_at = DateTime(required=True, description="When it opens.")
    closes_at = DateTime(required=True, description="When it closes.")
    state = graphene.Field(enum(PhaseState), required=True, description="Its status.")
