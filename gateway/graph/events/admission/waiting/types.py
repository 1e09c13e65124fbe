"""Waiting in the graph: where an entry stands in a waiting list, and what was decided about it."""

from __future__ import annotations

import graphene

from contracts.events.admission.waiting import WaitingPolicy, WaitingReason
from gateway.graph.enums import enum
from gateway.graph.relations import related
from gateway.graph.times import DateTime


class WaitingPlace(graphene.ObjectType):
    """The place in line of an entry that waits (候补) or has a place on offer."""

    position = graphene.Int(description="1 is next; null for an entry that has a place on offer.")
    ahead = graphene.Int(required=True, description="How many came earlier and wait for the same places.")
    why = graphene.Field(enum(WaitingReason), required=True, description="The reason of the last decision about it.")
    policy = graphene.Field(
        enum(WaitingPolicy), required=True, description="The policy by which it is decided who is next."
    )
    estimated_chance = graphene.Float(
        description="The chance of a place, from 0 to 1, if places keep coming free at this rate, each goes to the next in line"
        " and everybody accepts. Null while no place has come free yet."
    )
    offered_until = DateTime(description="When the offer of a place ends; the place is held until just before then.")


class WaitingDecision(graphene.ObjectType):
    """A decision about an entry that waited: it was offered a place, or was passed over."""

    decided_at = DateTime(required=True, description="When it was decided.")
    policy = graphene.Field(enum(WaitingPolicy), required=True, description="The policy by which it was decided.")
    version = graphene.Int(required=True, description="The version of the policy.")
    reason = graphene.Field(enum(WaitingReason), required=True, description="Why it was decided so.")
    free = graphene.Int(required=True, description="How many places it could have had at that moment.")
    offered = graphene.Boolean(required=True, description="Whether it was offered a place.")
    passed_for = related("Entry", "The entry for which it was passed over; for those who may know about it.")


class SimulatedLine(graphene.ObjectType):
    """What would become of a delegation that waits."""

    line = graphene.Int(required=True, description="Which of the lines that were given, from 1.")
    offered = graphene.Int(required=True, description="How many of its entries would have a place.")
    why = graphene.Field(enum(WaitingReason), required=True, description="The reason of the last decision about it.")


class SimulatedPolicy(graphene.ObjectType):
    """What one waiting policy would do."""

    policy = graphene.Field(enum(WaitingPolicy), required=True, description="The policy.")
    version = graphene.Int(required=True, description="The version of the policy.")
    left = graphene.Int(required=True, description="How many places would stay free.")
    outcomes = graphene.List(
        graphene.NonNull(SimulatedLine), required=True, description="What would become of each line, in their order."
    )
