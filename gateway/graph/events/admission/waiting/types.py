"""Waiting in the graph: where an entry stands in a waiting list, and what was decided about it."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from contracts.events.admission import waiting as contract
from gateway.graph.enums import enum
from gateway.graph.relay import LOADERS
from gateway.graph.times import DateTime

WaitingPolicy = enum(contract.WaitingPolicy)
WaitingReason = enum(contract.WaitingReason)


class WaitingPlace(graphene.ObjectType):
    """Where an entry stands that waits for a place (候补), or that has one on offer."""

    position = graphene.Int(description="1 is next; nothing for an entry that has a place on offer.")
    ahead = graphene.Int(required=True, description="How many came earlier and wait for the same places.")
    why = graphene.Field(WaitingReason, required=True, description="The reason of the last decision about it.")
    policy = graphene.Field(WaitingPolicy, required=True, description="By which it is decided who is next.")
    estimated_chance = graphene.Float(
        description="From 0 to 1, that it comes to have a place, if places go on coming free as often as so far, each goes "
        "to the next in line and everybody accepts. Nothing while no place has come free yet."
    )
    offered_until = DateTime(description="Until just before then a place is held for it.")


class WaitingDecision(graphene.ObjectType):
    """A decision about an entry that waited: it was offered a place, or was passed over."""

    decided_at = DateTime(required=True)
    policy = graphene.Field(WaitingPolicy, required=True)
    version = graphene.Int(required=True, description="Of the policy.")
    reason = graphene.Field(WaitingReason, required=True)
    free = graphene.Int(required=True, description="How many places it could have had at that moment.")
    offered = graphene.Boolean(required=True)
    passed_for = graphene.Field(
        "gateway.graph.events.admission.entries.types.Entry",
        description="For which entry it was passed over; for those who may know of that one.",
    )

    async def resolve_passed_for(self: Any, info: GraphQLResolveInfo) -> Any:
        passed_for = self["passed_for_id"]
        return await info.context.loader(LOADERS["Entry"]).load(passed_for) if passed_for else None
